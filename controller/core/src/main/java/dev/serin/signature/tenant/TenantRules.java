package dev.serin.signature.tenant;

import dev.serin.signature.WildcardTemplate;
import dev.serin.signature.record.LogRecord;
import java.util.List;
import java.util.Optional;

/// Finds the tenant of a record: in its fields, else in its message by the user's patterns.
///
/// @param patterns
///          templates whose first wildcard stands for the tenant: `Community * not found`
/// @param key
///          hides the names
public record TenantRules(List<WildcardTemplate> patterns, TenantKey key) {

  private static final int LONGEST = 128;

  public TenantRules {
    patterns = List.copyOf(patterns);
  }

  public Optional<Tenant> tenantOf(LogRecord record) {
    return record.tenant()
        .or(() -> patterns.stream().flatMap(pattern -> pattern.firstWildcard(record.message()).stream())
            .map(String::strip).filter(name -> !name.isEmpty() && name.length() <= LONGEST).findFirst())
        .map(key::tenant);
  }
}
