/// The user's Deployment and the canary beside it: reads both live, writes what the machine decided.
///
/// Templates are read and written as generic JSON, so that a field which this version does not know is neither lost
/// nor mistaken for a change.
@NullMarked
package dev.serin.operator.workload;

import org.jspecify.annotations.NullMarked;
