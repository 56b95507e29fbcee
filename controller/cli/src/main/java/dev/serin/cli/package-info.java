/// The command line: `serin demo`.
@NullMarked
package dev.serin.cli;

import org.jspecify.annotations.NullMarked;
