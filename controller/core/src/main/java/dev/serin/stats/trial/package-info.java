/// The state of one hypothesis in a rollout: evidence in all its forms and what tempers it. Knows pods by index and
/// signatures not at all.
@NullMarked
package dev.serin.stats.trial;

import org.jspecify.annotations.NullMarked;
