package dev.serin.sandbox.controllers;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/// The ReplicaSets of a Deployment.
///
/// @param newest
///          has the Deployment's template; null when there is none yet
/// @param old
///          all others, oldest first
record Fleet(@Nullable ReplicaSet newest, List<ReplicaSet> old) {

  List<ReplicaSet> all() {
    var all = new ArrayList<>(old);
    if (newest != null) {
      all.add(newest);
    }
    return all;
  }

  List<ReplicaSet> active() {
    return all().stream().filter(ReplicaSet::isActive).toList();
  }

  int total(ToIntFunction<ReplicaSet> count) {
    return all().stream().mapToInt(count).sum();
  }
}
