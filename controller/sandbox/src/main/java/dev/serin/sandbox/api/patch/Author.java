package dev.serin.sandbox.api.patch;

import java.time.Instant;

/// Who writes which fields, as `managedFields` names it.
///
/// @param subresource
///          empty for the object itself
public record Author(String manager, String subresource, String apiVersion, Instant time) {}
