/// Child processes of tests: their output in files, signals by process id, memory, and an end no later than the
/// test's JVM.
@NullMarked
package dev.serin.testkit.process;

import org.jspecify.annotations.NullMarked;
