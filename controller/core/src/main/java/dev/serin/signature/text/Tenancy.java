package dev.serin.signature.text;

import java.nio.charset.StandardCharsets;

/// Tells words that name the scope of a tenant.
public final class Tenancy {

  private Tenancy() {}

  /// Whether the word is like `community`, `tenantId` or `user_id`: what follows it names a tenant.
  public static boolean isTenantWord(String word) {
    if (word.length() > WordLists.LONGEST) {
      return false;
    }
    byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
    return (WordLists.of(bytes, 0, bytes.length) & WordLists.TENANT) != 0;
  }
}
