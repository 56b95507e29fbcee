package dev.serin.e2e.contract;

/// The Deployment of the contracts: `web`, one container `app` with the image `web:1`.
///
/// @param labels
///          of the Deployment, as the inside of a YAML flow mapping
record Web(int replicas, boolean paused, String labels) {

  static Web of(int replicas) {
    return new Web(replicas, false, "");
  }

  Web pausedNow() {
    return new Web(replicas, true, labels);
  }

  /// With the label that hands the Deployment to a Rollout.
  Web adopted() {
    return new Web(replicas, paused, "serin.dev/rollout: web");
  }

  /// With the labels of a canary.
  Web canary() {
    return new Web(replicas, paused, "serin.dev/rollout: web, serin.dev/arm: canary");
  }

  String yaml() {
    return yaml("web:1");
  }

  String yaml(String image) {
    return """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web%s}
        spec:
          replicas: %d%s
          selector: {matchLabels: {app: web}}
          template:
            metadata: {labels: {app: web}}
            spec:
              containers:
              - {name: app, image: "%s", env: [{name: A, value: "1"}]}
        """.formatted(labels.isEmpty() ? "" : ", labels: {" + labels + "}", replicas, paused ? "\n  paused: true" : "",
        image);
  }
}
