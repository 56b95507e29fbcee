/// Server-side Tables: what `kubectl get` prints.
@NullMarked
package dev.serin.sandbox.api.table;

import org.jspecify.annotations.NullMarked;
