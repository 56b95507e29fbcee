/// The public API `serin.dev/v1alpha1`: the custom resources [Rollout][dev.serin.api.v1alpha1.Rollout] and
/// [Analysis][dev.serin.api.v1alpha1.Analysis] as records.
///
/// The schema in `crds/*.yaml` is the authority: it documents, limits and defaults every field, and a test compares it
/// with these
/// records in both directions. Three rules hold for all of them:
///
/// - Reading never fails on content. Unknown fields are ignored, absent ones become the schema's defaults, an unknown
///   enum value
///   becomes `UNKNOWN`, which holds. Texts are kept as written; the `…Value` accessors parse them and throw
///   [IllegalArgumentException] with a message for the user, which only an object that no API server validated can
///   cause.
/// - Spec records leave out what is absent. Status records write it as `null`, so that a JSON merge patch removes it.
/// - No floating point: weights, probabilities, ratios and durations are texts.
@NullMarked
package dev.serin.api.v1alpha1;

import org.jspecify.annotations.NullMarked;
