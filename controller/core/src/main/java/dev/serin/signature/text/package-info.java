/// The canonicaliser: a pure function from the bytes of a message to its masked template.
///
/// Its rules and word lists are one version of the algorithm: a change of either changes IDs.
@NullMarked
package dev.serin.signature.text;

import org.jspecify.annotations.NullMarked;
