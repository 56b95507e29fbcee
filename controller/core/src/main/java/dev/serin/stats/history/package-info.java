/// The watch after promotion, when no other version is left to compare with: the new version against recorded rates.
@NullMarked
package dev.serin.stats.history;

import org.jspecify.annotations.NullMarked;
