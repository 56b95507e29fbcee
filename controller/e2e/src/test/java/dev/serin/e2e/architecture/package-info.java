/// The architecture as tests: who may know whom, what the pure core may use, names and sizes.
@NullMarked
package dev.serin.e2e.architecture;

import org.jspecify.annotations.NullMarked;
