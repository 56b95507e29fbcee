/// Scenario files: versions, load, timed pushes and what should come of them; and the player that plays them on a cluster.
@NullMarked
package dev.serin.sandbox.scenario;

import org.jspecify.annotations.NullMarked;
