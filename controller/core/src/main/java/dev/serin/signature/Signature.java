package dev.serin.signature;

import dev.serin.signature.digest.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The stable name of one kind of trouble. It holds no raw values and is safe to show.
///
/// @param id
///          equal in every process, arm and release
/// @param family
///          where it comes from
/// @param levels
///          its place in the family's tree, coarse to fine, at most two texts: status class and `404 GET
///          /communities/{}`,
///          root cause and class chain, level and logger, or `restart` and `OOMKilled 137`; empty for a named one
/// @param template
///          the masked text, at most 512 bytes of UTF-8 plus a hash of the rest, or [#FOLDED]
/// @param name
///          the user's name for it, if it is a named one
public record Signature(SignatureId id, Family family, List<String> levels, String template, Optional<String> name) {

  /// Template of a signature that stands for all below its levels. No message has this canonical form: it lacks spaces.
  public static final String FOLDED = "(many)";

  private static final int MAX_TEMPLATE_BYTES = 512;
  private static final int HASH_BYTES = 4;

  public Signature {
    levels = List.copyOf(levels);
  }

  /// @param identity
  ///          texts that make up the ID after version and family
  static Signature of(Family family, List<String> levels, String template, List<String> identity) {
    return new Signature(id(family, identity), family, levels, capped(template), Optional.empty());
  }

  /// The signature of everything that matches a named template.
  public static Signature named(NamedTemplate named) {
    var text = named.template().text();
    return new Signature(id(Family.NAMED, List.of(named.name(), text)), Family.NAMED, List.of(), capped(text),
        Optional.of(named.name()));
  }

  /// The signature that stands for all of a family below these levels.
  static Signature folded(Family family, List<String> levels) {
    return new Signature(id(family, levels), family, levels, FOLDED, Optional.empty());
  }

  /// Whether it stands for many texts that are no longer told apart.
  public boolean folded() {
    return template.equals(FOLDED);
  }

  private static SignatureId id(Family family, List<String> identity) {
    List<String> parts = new ArrayList<>();
    parts.add(SignatureId.VERSION);
    parts.add(family.name().toLowerCase(Locale.ROOT));
    parts.addAll(identity);
    return SignatureId.ofHash(Sha256.of(String.join("\0", parts)));
  }

  private static String capped(String template) {
    byte[] bytes = template.getBytes(StandardCharsets.UTF_8);
    if (bytes.length <= MAX_TEMPLATE_BYTES) {
      return template;
    }
    int end = MAX_TEMPLATE_BYTES;
    while ((bytes[end] & 0xC0) == 0x80) {
      end--;
    }
    return new String(bytes, 0, end, StandardCharsets.UTF_8) + "…"
        + Sha256.hex(template, HASH_BYTES);
  }
}
