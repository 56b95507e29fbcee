/// What people give to the commands: files, named in every message about them.
@NullMarked
package dev.serin.cli.input;

import org.jspecify.annotations.NullMarked;
