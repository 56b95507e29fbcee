@NullMarked
package dev.serin.operator;

import org.jspecify.annotations.NullMarked;
