/// Label and field selectors.
@NullMarked
package dev.serin.sandbox.api.select;

import org.jspecify.annotations.NullMarked;
