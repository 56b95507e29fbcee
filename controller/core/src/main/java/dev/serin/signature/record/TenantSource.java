package dev.serin.signature.record;

/// Where the user's records name the tenant. Patterns of messages are [dev.serin.signature.tenant.TenantRules]'.
public sealed interface TenantSource {

  /// A field of JSON or logfmt, a key of the MDC, or `name=value` in the text.
  ///
  /// @param name
  ///          case does not matter; nested names are joined by dots
  record Field(String name) implements TenantSource {

    public Field {
      requireName(name);
    }
  }

  /// A header of the request, where the record shows it.
  ///
  /// @param name
  ///          case does not matter
  record Header(String name) implements TenantSource {

    public Header {
      requireName(name);
    }
  }

  /// A segment of the request's path.
  ///
  /// @param number
  ///          1 to 32; of `/communities/acme/posts` the second is `acme`
  record Segment(int number) implements TenantSource {

    private static final int LAST = 32;

    public Segment {
      if (number < 1 || number > LAST) {
        throw new IllegalArgumentException("segment must be 1.." + LAST + ", was " + number);
      }
    }
  }

  /// The label of the request's host that stands directly before a domain.
  ///
  /// @param domain
  ///          case does not matter; of `api.acme.example.org` and `example.org` the tenant is `acme`
  record Subdomain(String domain) implements TenantSource {

    public Subdomain {
      requireName(domain);
    }
  }

  private static void requireName(String name) {
    if (name.isBlank() || name.length() > TenantField.LONGEST) {
      throw new IllegalArgumentException(
          "name must have 1 to " + TenantField.LONGEST + " characters, had " + name.length());
    }
  }
}
