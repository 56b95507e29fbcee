package dev.serin.sandbox.api.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.UnaryOperator;

/// A change to an object or one of its subresources.
///
/// @param subresource
///          `status`, `finalize`, or empty for the object itself
/// @param change
///          gets a copy of the object that it may change, returns what it shall become
/// @param applied
///          true when `change` has set `managedFields` itself, as server-side apply does
public record Edit(String subresource, UnaryOperator<ObjectNode> change, boolean applied) {

  public static Edit of(UnaryOperator<ObjectNode> change) {
    return new Edit("", change, false);
  }

  public static Edit ofStatus(UnaryOperator<ObjectNode> change) {
    return new Edit(ResourceType.STATUS, change, false);
  }
}
