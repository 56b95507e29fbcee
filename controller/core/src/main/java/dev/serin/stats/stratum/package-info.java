/// Evidence from parts of the events that look at the whole would dilute or mistake: tenants, and clients that fail often.
@NullMarked
package dev.serin.stats.stratum;

import org.jspecify.annotations.NullMarked;
