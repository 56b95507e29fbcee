@NullMarked
package dev.serin.sandbox;

import org.jspecify.annotations.NullMarked;
