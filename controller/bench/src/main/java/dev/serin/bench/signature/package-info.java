/// How well, how fast and in how little memory signatures are found.
@NullMarked
package dev.serin.bench.signature;

import org.jspecify.annotations.NullMarked;
