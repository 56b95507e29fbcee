/// Public data that tests and benchmarks read in place: nothing of it is in this repository.
///
/// `SERIN_DATA` names the folder that holds it; without it, a `shared/data` beside the checkout is taken.
@NullMarked
package dev.serin.testkit.data;

import org.jspecify.annotations.NullMarked;
