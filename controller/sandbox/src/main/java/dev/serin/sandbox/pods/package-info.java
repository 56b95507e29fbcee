/// The kubelet: a node whose pods are real HTTP servers in this process. A plain API client that works against the
/// sandbox's API server and against a real one.
@NullMarked
package dev.serin.sandbox.pods;

import org.jspecify.annotations.NullMarked;
