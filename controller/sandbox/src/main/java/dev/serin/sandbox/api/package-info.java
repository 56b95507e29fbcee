/// The sandbox's API server: HTTP in front of the objects, good enough for Fabric8, the Java Operator SDK
/// and `kubectl`.
@NullMarked
package dev.serin.sandbox.api;

import org.jspecify.annotations.NullMarked;
