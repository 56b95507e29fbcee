/// Small controllers beside the sandbox's API server: Deployments, ReplicaSets, EndpointSlices and garbage collection, as far as
/// Serin and its users can tell them from those of Kubernetes.
///
/// They share the server's objects instead of talking HTTP, and look at everything after each change: a sandbox holds tens of
/// objects, so there is nothing to queue, and no cache that could be stale.
@NullMarked
package dev.serin.sandbox.controllers;

import org.jspecify.annotations.NullMarked;
