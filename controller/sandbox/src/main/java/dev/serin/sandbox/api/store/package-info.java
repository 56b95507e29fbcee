/// The objects of the sandbox's API: kinds, storage with history, and what a write to each kind means.
@NullMarked
package dev.serin.sandbox.api.store;

import org.jspecify.annotations.NullMarked;
