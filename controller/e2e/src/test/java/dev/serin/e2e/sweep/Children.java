package dev.serin.e2e.sweep;

import dev.serin.testkit.proxy.Traced;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// How many objects the operators of a run created and deleted, by kind: a canary that is made twice leaves no trace in the
/// end.
///
/// @param created
///          resource to how many were created
/// @param deleted
///          resource to how many were deleted
record Children(Map<String, Integer> created, Map<String, Integer> deleted) {

  Children {
    created = Map.copyOf(created);
    deleted = Map.copyOf(deleted);
  }

  /// @param writes
  ///          of all operators of a run; what the API server refused does not count
  static Children of(List<Traced> writes) {
    Map<String, Integer> created = new TreeMap<>();
    Map<String, Integer> deleted = new TreeMap<>();
    writes.stream().filter(Traced::committed).map(Traced::request).forEach(request -> {
      if (request.method().equals("POST")) {
        created.merge(request.resource(), 1, Integer::sum);
      } else if (request.method().equals("DELETE")) {
        deleted.merge(request.resource(), 1, Integer::sum);
      }
    });
    return new Children(created, deleted);
  }

  /// What there is more or less of than one canary, created and deleted, and one Analysis for each attempt.
  List<String> wrong(int attempts) {
    List<String> wrong = new ArrayList<>();
    for (String resource : List.of("deployments", "analyses")) {
      int count = created.getOrDefault(resource, 0);
      if (count != attempts) {
        wrong.add(count + " " + resource + " created for " + attempts + " attempts");
      }
    }
    int removed = deleted.getOrDefault("deployments", 0);
    if (removed != attempts) {
      wrong.add(removed + " canaries deleted after " + attempts + " attempts");
    }
    return List.copyOf(wrong);
  }
}
