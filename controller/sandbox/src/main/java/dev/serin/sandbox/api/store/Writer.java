package dev.serin.sandbox.api.store;

import org.jspecify.annotations.Nullable;

/// Who writes, and whether the write counts.
///
/// @param fieldManager
///          as asked for by the request, null if it did not
/// @param userAgent
///          stands in for the manager's name, up to its first slash
public record Writer(@Nullable String fieldManager, String userAgent, boolean dryRun) {

  /// The sandbox's own controllers.
  public static final Writer CONTROLLER = new Writer("kube-controller-manager", "", false);

  public String manager() {
    if (fieldManager != null && !fieldManager.isEmpty()) {
      return fieldManager;
    }
    var product = userAgent.split("/", 2)[0];
    return product.isEmpty() ? "unknown" : product;
  }
}
