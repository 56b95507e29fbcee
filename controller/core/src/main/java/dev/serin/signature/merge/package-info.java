/// Which templates are one signature: learned from the set of templates, never from counts, times or order.
@NullMarked
package dev.serin.signature.merge;

import org.jspecify.annotations.NullMarked;
