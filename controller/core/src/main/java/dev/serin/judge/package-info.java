/// Decides about the canary from counts: a pure, deterministic fold over closed windows. No clock, no I/O.
@NullMarked
package dev.serin.judge;

import org.jspecify.annotations.NullMarked;
