package dev.serin.signature.record;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Finds the tenant that a record names in a field: of JSON or logfmt, of the MDC, or as `tenant=acme` in its text.
final class TenantField {

  private static final List<String> KEYS = List.of("tenant", "tenantid", "tenant_id", "tenant.id", "x-tenant-id", "org",
      "orgid", "org_id", "organization.id", "community", "communityid", "community_id", "account", "accountid",
      "account_id", "workspace", "workspaceid", "workspace_id", "mdc.tenant", "mdc.tenantid", "mdc.tenant_id",
      "mdc.communityid", "context.tenant", "context.tenantid", "labels.tenant", "labels.tenant_id");
  private static final Pattern PAIR = Pattern.compile(
      "(?<![A-Za-z0-9_.-])(?i:tenant|org|community|account|workspace|x-tenant)(?i:[-_]?id)?=(?:\"([^\"]{1,128}+)\"|([^\\s\"',;)\\]]{1,128}+))");
  private static final int LONGEST = 128;

  private TenantField() {}

  static Optional<String> of(Fields fields) {
    return fields.first(KEYS).filter(tenant -> tenant.length() <= LONGEST);
  }

  static Optional<String> of(String message) {
    if (message.indexOf('=') < 0) {
      return Optional.empty();
    }
    var pair = PAIR.matcher(message);
    return pair.find() ? Optional.of(pair.group(1) == null ? pair.group(2) : pair.group(1)) : Optional.empty();
  }
}
