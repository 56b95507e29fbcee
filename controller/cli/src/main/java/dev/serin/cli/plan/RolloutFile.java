package dev.serin.cli.plan;

import dev.serin.api.v1alpha1.RolloutSpec;
import dev.serin.sandbox.yaml.ApiFields;
import dev.serin.sandbox.yaml.Section;
import dev.serin.sandbox.yaml.SpecValues;
import dev.serin.sandbox.yaml.YamlException;

/// Reads the manifest of a Rollout.
final class RolloutFile {

  private RolloutFile() {}

  /// The spec.
  ///
  /// @throws YamlException
  ///           if the text is no Rollout, or has a field that the API does not know
  static RolloutSpec parse(String yaml) {
    return Section.document(yaml, file -> {
      if (!file.text("kind").equals("Rollout")) {
        throw new YamlException("kind", "must be Rollout");
      }
      file.text("apiVersion");
      file.raw("metadata");
      file.raw("status");
      RolloutSpec spec = ApiFields.read("spec", file.raw("spec"), RolloutSpec.class);
      SpecValues.check("spec", spec);
      return spec;
    });
  }
}
