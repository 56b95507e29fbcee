/// Counts the templates of plain lines, fast and bounded.
@NullMarked
package dev.serin.signature.count;

import org.jspecify.annotations.NullMarked;
