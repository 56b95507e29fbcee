/// Digests of texts and bytes.
@NullMarked
package dev.serin.judge.digest;

import org.jspecify.annotations.NullMarked;
