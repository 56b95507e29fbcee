/// Texts that must stay in the logs in which they are written, and who gets them written there.
@NullMarked
package dev.serin.e2e.planted;

import org.jspecify.annotations.NullMarked;
