/// How a request changes an object: merge, strategic merge and JSON patches, server-side apply, and the record of who
/// set what.
@NullMarked
package dev.serin.sandbox.api.patch;

import org.jspecify.annotations.NullMarked;
