/// The way to a new version: weights, the steps between them, and what a number of pods can reach.
@NullMarked
package dev.serin.plan;

import org.jspecify.annotations.NullMarked;
