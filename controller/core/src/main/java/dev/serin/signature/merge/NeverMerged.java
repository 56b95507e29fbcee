package dev.serin.signature.merge;

import java.util.Locale;
import java.util.Set;

/// Words that tell an event from its opposite. They never become variables and never unite two templates.
///
/// Property kept by it: all atoms of a group carry the same sequence of these words.
final class NeverMerged {

  private static final Set<String> WORDS = Set.of("""
      success successes successful successfully succeed succeeds succeeded succeeding unsuccessful unsuccessfully
      fail fails failed failing failure failures up down
      open opens opened opening close closes closed closing closure
      allow allows allowed allowing deny denies denied denying denial disallow disallows disallowed disallowing
      start starts started starting stop stops stopped stopping
      accept accepts accepted accepting acceptance reject rejects rejected rejecting rejection rejections
      enable enables enabled enabling disable disables disabled disabling true false
      valid validly validity invalid invalidly invalidity""".split("\\s+"));

  private static final int LONGEST = 14;
  private static final int STATUS_DIGITS = 3;

  private NeverMerged() {}

  static boolean contains(String token) {
    return isStatus(token) || (token.length() <= LONGEST && WORDS.contains(token.toLowerCase(Locale.ROOT)));
  }

  /// An HTTP status that the canonicaliser kept: any other number became a variable.
  private static boolean isStatus(String token) {
    return token.length() == STATUS_DIGITS && token.chars().allMatch(c -> c >= '0' && c <= '9');
  }
}
