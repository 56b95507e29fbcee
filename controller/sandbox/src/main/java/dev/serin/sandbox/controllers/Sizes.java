package dev.serin.sandbox.controllers;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// How many pods each ReplicaSet of a Deployment shall have next: pure arithmetic, as in pkg/controller/deployment of
/// Kubernetes v1.36.3. Results name only ReplicaSets that change or were considered.
final class Sizes {

  private Sizes() {}

  /// One step of a rolling update: the new one up to the surge limit first, then the old ones down to the availability limit.
  ///
  /// @param newest
  ///          has the Deployment's template
  static Map<String, Integer> rolling(Deployment deployment, ReplicaSet newest, List<ReplicaSet> old) {
    var grown = grown(deployment, newest, old);
    return grown == newest.replicas() ? shrunk(deployment, newest, old) : Map.of(newest.name(), grown);
  }

  /// The Recreate strategy: no new pod before the last old one is gone.
  static Map<String, Integer> recreate(Deployment deployment, ReplicaSet newest, List<ReplicaSet> old) {
    var sizes = new LinkedHashMap<String, Integer>();
    old.stream().filter(ReplicaSet::isActive).forEach(each -> sizes.put(each.name(), 0));
    if (sizes.isEmpty() && old.stream().allMatch(each -> each.actual() == 0)) {
      sizes.put(newest.name(), deployment.replicas());
    }
    return sizes;
  }

  /// A change of `replicas`, also while paused: shared among the active ones in proportion to their sizes.
  static Map<String, Integer> scaled(Deployment deployment, Fleet fleet) {
    var active = new ArrayList<>(fleet.active());
    if (active.size() <= 1) {
      var only = active.isEmpty() ? fleet.all().stream().max(ReplicaSet.OLDEST_FIRST) : active.stream().findFirst();
      return only.map(each -> Map.of(each.name(), deployment.replicas())).orElseGet(Map::of);
    }
    var newest = fleet.newest();
    if (newest != null && newest.replicas() == deployment.replicas() && newest.available() == deployment.replicas()) {
      var sizes = new LinkedHashMap<String, Integer>();
      fleet.old().stream().filter(ReplicaSet::isActive).forEach(each -> sizes.put(each.name(), 0));
      return sizes;
    }
    return deployment.rolls() ? proportional(deployment, active) : Map.of();
  }

  private static int grown(Deployment deployment, ReplicaSet newest, List<ReplicaSet> old) {
    if (newest.replicas() >= deployment.replicas()) {
      return deployment.replicas();
    }
    var total = newest.replicas() + old.stream().mapToInt(ReplicaSet::replicas).sum();
    var room = Math.max(0, deployment.maximum() - total);
    return Math.min(deployment.replicas(), newest.replicas() + room);
  }

  private static Map<String, Integer> shrunk(Deployment deployment, ReplicaSet newest, List<ReplicaSet> old) {
    var sizes = new LinkedHashMap<String, Integer>();
    var total = newest.replicas() + old.stream().mapToInt(ReplicaSet::replicas).sum();
    // Pods of the new one that do not serve yet count as missing: the old ones must make up for them.
    var spare = total - deployment.minAvailable() - (newest.replicas() - newest.available());
    if (spare <= 0) {
      return sizes;
    }
    for (var each : old) {
      var unhealthy = Math.min(spare, Math.max(0, each.replicas() - each.available()));
      if (unhealthy > 0) {
        sizes.put(each.name(), each.replicas() - unhealthy);
        spare -= unhealthy;
      }
    }
    var serving = newest.available() + old.stream().mapToInt(ReplicaSet::available).sum();
    var removable = serving - deployment.minAvailable();
    for (var each : old) {
      var size = sizes.getOrDefault(each.name(), each.replicas());
      var less = Math.clamp(removable, 0, size);
      if (less > 0) {
        sizes.put(each.name(), size - less);
        removable -= less;
      }
    }
    return sizes;
  }

  private static Map<String, Integer> proportional(Deployment deployment, List<ReplicaSet> active) {
    var present = active.stream().mapToInt(ReplicaSet::replicas).sum();
    var allowed = deployment.replicas() > 0 ? deployment.maximum() : 0;
    var toAdd = allowed - present;
    // Of equal sizes a newer one grows first and an older one shrinks first.
    var age = toAdd > 0 ? ReplicaSet.OLDEST_FIRST.reversed() : ReplicaSet.OLDEST_FIRST;
    var ordered = active.stream().sorted(ReplicaSet.LARGEST_FIRST.thenComparing(age)).toList();
    var sizes = new LinkedHashMap<String, Integer>();
    var added = 0;
    for (var each : ordered) {
      var fraction = fraction(deployment, each);
      var part = toAdd > 0 ? Math.min(fraction, toAdd - added) : toAdd < 0 ? Math.max(fraction, toAdd - added) : 0;
      sizes.put(each.name(), each.replicas() + part);
      added += part;
    }
    var leftover = toAdd - added;
    sizes.computeIfPresent(ordered.getFirst().name(), (_, size) -> Math.max(0, size + leftover));
    return sizes;
  }

  private static int fraction(Deployment deployment, ReplicaSet each) {
    if (deployment.replicas() == 0) {
      return -each.replicas();
    }
    var before = each.annotation(ReplicaSet.MAXIMUM).asInt(deployment.object().at("/status/replicas").asInt());
    return before == 0
        ? 0
        : (int) Math.round((double) each.replicas() * deployment.maximum() / before) - each.replicas();
  }
}
