/// The custom resource definitions on a real API server.
@NullMarked
package dev.serin.e2e.crd;

import org.jspecify.annotations.NullMarked;
