/// The crash sweep: whole rollouts, with the operator killed at each of its writes, must end as if nothing had happened.
@NullMarked
package dev.serin.e2e.sweep;

import org.jspecify.annotations.NullMarked;
