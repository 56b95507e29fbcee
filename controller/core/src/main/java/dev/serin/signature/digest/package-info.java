/// Digests of texts and bytes.
@NullMarked
package dev.serin.signature.digest;

import org.jspecify.annotations.NullMarked;
