/// Sends shares of the traffic to the arms. Routers decide nothing: they apply what was recorded.
@NullMarked
package dev.serin.operator.traffic;

import org.jspecify.annotations.NullMarked;
