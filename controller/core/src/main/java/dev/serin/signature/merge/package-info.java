/// Which templates are one signature: learned from the set of templates, or as they come, never from counts or times.
@NullMarked
package dev.serin.signature.merge;

import org.jspecify.annotations.NullMarked;
