/// The distributions against their exact probabilities.
@NullMarked
package dev.serin.bench.draw;

import org.jspecify.annotations.NullMarked;
