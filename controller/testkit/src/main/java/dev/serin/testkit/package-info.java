@NullMarked
package dev.serin.testkit;

import org.jspecify.annotations.NullMarked;
