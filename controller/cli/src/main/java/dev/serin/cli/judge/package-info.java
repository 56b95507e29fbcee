/// `serin judge`: the operator's judge on windows from a file, and on a stored Analysis.
@NullMarked
package dev.serin.cli.judge;

import org.jspecify.annotations.NullMarked;
