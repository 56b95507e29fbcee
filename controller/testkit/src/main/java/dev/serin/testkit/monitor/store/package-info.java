/// What is stored at one revision, read as plain JSON: objects, what belongs together, who wrote what.
@NullMarked
package dev.serin.testkit.monitor.store;

import org.jspecify.annotations.NullMarked;
