package dev.serin.sandbox.api.store;

import java.util.Comparator;

/// Where an object is stored; ordered as lists are.
///
/// @param storage
///          [ResourceType#storage()]
/// @param namespace
///          empty for cluster-scoped kinds
public record ResourceKey(String storage, String namespace, String name) implements Comparable<ResourceKey> {

  private static final Comparator<ResourceKey> ORDER = Comparator.comparing(ResourceKey::storage)
      .thenComparing(ResourceKey::namespace).thenComparing(ResourceKey::name);

  @Override
  public int compareTo(ResourceKey other) {
    return ORDER.compare(this, other);
  }
}
