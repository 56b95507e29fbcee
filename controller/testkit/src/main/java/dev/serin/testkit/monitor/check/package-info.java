/// Serin's promises as invariants over single writes: pure, and without knowledge of where the writes come from.
@NullMarked
package dev.serin.testkit.monitor.check;

import org.jspecify.annotations.NullMarked;
