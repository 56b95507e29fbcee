/// Whether requests went where the weights sent them: a share that is measured wrongly makes every rate wrong.
@NullMarked
package dev.serin.stats.exposure;

import org.jspecify.annotations.NullMarked;
