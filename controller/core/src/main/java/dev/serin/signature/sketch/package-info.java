/// Small summaries of streams, mergeable and bounded. Written here because the core may use no library for them.
@NullMarked
package dev.serin.signature.sketch;

import org.jspecify.annotations.NullMarked;
