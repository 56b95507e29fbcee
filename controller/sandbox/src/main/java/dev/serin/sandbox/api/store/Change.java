package dev.serin.sandbox.api.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/// One write in the history.
///
/// @param before
///          the object before it, null when it was created
/// @param after
///          the object after it, null when it was deleted
/// @param last
///          the object as watchers see it: `after`, or the last state with the deletion's resource version
public record Change(long revision, ResourceKey key, @Nullable ObjectNode before, @Nullable ObjectNode after,
    ObjectNode last) {}
