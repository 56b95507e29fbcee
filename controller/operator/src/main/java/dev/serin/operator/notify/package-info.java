/// What Serin tells people beside status: Kubernetes events. Telling never blocks or fails a decision.
@NullMarked
package dev.serin.operator.notify;

import org.jspecify.annotations.NullMarked;
