/// A model of events that come in clusters, as a measure for the judge, which does without one.
@NullMarked
package dev.serin.stats.overdispersed;

import org.jspecify.annotations.NullMarked;
