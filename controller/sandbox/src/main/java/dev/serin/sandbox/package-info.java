/// A small cluster in one process, for the demo and for fast tests: a subset of the Kubernetes API, controllers, a node, a
/// gateway and load. Loopback only.
@NullMarked
package dev.serin.sandbox;

import org.jspecify.annotations.NullMarked;
