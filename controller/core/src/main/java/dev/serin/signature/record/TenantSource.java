package dev.serin.signature.record;

import dev.serin.signature.text.WildcardTemplate;

/// Where the user's records name the tenant.
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

  /// What stands for the first wildcard of a template, in the message.
  ///
  /// @param template
  ///          as `Community * not found`, with at least one wildcard
  record Template(WildcardTemplate template) implements TenantSource {

    public Template {
      if (template.text().indexOf('*') < 0) {
        throw new IllegalArgumentException("template must have a * where the tenant stands, was '" + template + "'");
      }
    }
  }

  private static void requireName(String name) {
    int length = name.codePointCount(0, name.length());
    if (name.isBlank() || length > TenantField.LONGEST) {
      throw new IllegalArgumentException(
          "name must have 1 to " + TenantField.LONGEST + " characters, had " + length);
    }
  }
}
