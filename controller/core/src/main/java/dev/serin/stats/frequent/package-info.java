/// Evidence about events that are not rare: requests that fail are weighed against those that do not.
@NullMarked
package dev.serin.stats.frequent;

import org.jspecify.annotations.NullMarked;
