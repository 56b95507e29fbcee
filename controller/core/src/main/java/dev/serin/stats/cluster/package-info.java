/// How strongly events depend on each other: what is learned of it from the stable pods, and how much it tempers
/// evidence.
@NullMarked
package dev.serin.stats.cluster;

import org.jspecify.annotations.NullMarked;
