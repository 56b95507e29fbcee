package dev.serin.testkit.monitor;

import java.util.Map;

/// How far the monitor has come.
///
/// @param revision
///          the highest revision of etcd that was checked
/// @param revisions
///          number of revisions that were checked
/// @param violations
///          number of violations reported so far
/// @param objects
///          number of objects by type, such as `apps/Deployment`
public record Summary(long revision, long revisions, long violations, Map<String, Integer> objects) {

  public Summary {
    objects = Map.copyOf(objects);
  }
}
