/// New signatures that are old ones in other words: they are no regression.
@NullMarked
package dev.serin.judge.rewording;

import org.jspecify.annotations.NullMarked;
