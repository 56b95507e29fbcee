/// Names kinds of trouble: pure functions from a record (log line, stack trace, HTTP result) to a stable ID and a
/// masked template.
@NullMarked
package dev.serin.signature;

import org.jspecify.annotations.NullMarked;
