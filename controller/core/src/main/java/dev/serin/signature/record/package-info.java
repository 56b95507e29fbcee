/// From the lines of a container to records: reassembly, formats, levels, requests and stack traces.
///
/// Every function is pure; no text, however malformed, is an error.
@NullMarked
package dev.serin.signature.record;

import org.jspecify.annotations.NullMarked;
