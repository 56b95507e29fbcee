/// The application that every sandbox pod runs: a small multi-tenant HTTP API whose faults are described,
/// not programmed.
@NullMarked
package dev.serin.sandbox.app;

import org.jspecify.annotations.NullMarked;
