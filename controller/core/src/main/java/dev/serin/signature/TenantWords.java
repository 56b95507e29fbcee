package dev.serin.signature;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Masks names of tenants: the word after `tenant`, `community` and the like, unless it is an ordinary word.
///
/// `Community acme not found` and `Community globex not found` are one event; `Community not found` keeps its words.
final class TenantWords {

  private static final Set<String> TENANT = Vocabulary.words("""
      tenant community org organization organisation workspace account customer user session""");

  /// What may stand between the tenant word and its value.
  private static final Set<String> BETWEEN = Vocabulary.words("""
      " ' ` : = # ( [ with id ids name slug named called key""");

  private static final Set<String> ORDINARY = Vocabulary.words(
      """
          a about above access account accounts active actor added address admin affinity after again agent alias all already
          also always an and any api app application are area as at attempt attribute attributes auth avatar aware back
          balance base batch be because been before behavior being belongs below between billing both bucket but by cache call
          can cannot card cart cause center change changes channel check class cleanup client clients close closes code
          community config context cookie copy could count create creates current currently customer customers data database
          date default defaults defined delete deletes denied detail details device did digest directory disabled do does
          doesn domain down due during each edit else email empty end ended endpoint ends enough entity entries entry error
          errors event events every exceeds exist exists expires export face fail fails failure failures feature field fields
          file filter flag for form format found from full get gone got group groups had handle handler handlers has have
          header hierarchy history hit hook host id if import in inactive index info input insert instance interface invalid
          invite invites is isn issue it item items its job jobs just key keys kind last layer leave level life limit limits
          link links list lists load local lock login logins logout made manager map may member members menu message
          messages metadata metric might mismatch missing mode model module more most must name names network new next no node
          none not nothing now null number object of off offline ok old on once one online only open opens or order orders
          org origin other out over owner page pages parameter partner password path permission permissions phase phone plan
          pool port portal post posts prefix privacy process profile profiles project properties property provider proxy
          public query queue quota rate read ready reason record records refresh region registry remote remove report
          repository request requests reset resolver resource response result retry right rights role roles root route row s
          same save scope search secret security segment server servers service services session sessions set settings setup
          shard shares should side sign size so source space stale start started starts state status still stop stopped
          storage store stream string sub subject support sync system t table tag target task team template tenant tenants
          terms test than that the their them then there these they this thread ticket tier time timed timeout times to token
          tokens too tool topic total traffic transfer tree type unavailable under unknown until up update updates upgrade
          upload url usage use user username users uses valid value values via view was wasn wait web were when where
          whether which while who will with within without workflow workspace would write wrong you your zone""");

  private static final List<String> ORDINARY_ENDINGS = List.of("ed", "ing", "tion", "sion", "tions", "ment", "ments",
      "able", "ible", "ly", "ness", "ity", "ance", "ence");

  private static final int LONGEST_WORD = 64;
  private static final int SHORTEST_INFLECTED = 5;
  private static final int MOST_BETWEEN = 4;
  private static final int KNOWN_PERCENT = 70;

  private TenantWords() {}

  static List<String> mask(List<String> tokens) {
    List<String> result = new ArrayList<>(tokens.size());
    for (int i = 0; i < tokens.size(); i++) {
      result.add(tokens.get(i));
      if (isTenantWord(tokens.get(i))) {
        int value = i + 1;
        while (value < tokens.size() && value <= i + MOST_BETWEEN && isBetween(tokens.get(value))) {
          result.add(tokens.get(value++));
        }
        int end = valueEnd(tokens, value);
        if (end > value) {
          result.add(Canonicaliser.VARIABLE);
        }
        i = end - 1;
      }
    }
    return result;
  }

  /// Whether the word names the scope of a tenant, as `community`, `tenantId` or `user_id` do.
  static boolean isTenantWord(String token) {
    if (token.length() > LONGEST_WORD) {
      return false;
    }
    var word = token.toLowerCase(Locale.ROOT);
    var stem = word.endsWith("id") ? word.substring(0, word.length() - 2) : word;
    stem = stem.endsWith("_") || stem.endsWith("-") ? stem.substring(0, stem.length() - 1) : stem;
    return TENANT.contains(stem);
  }

  /// Whether the word belongs to the language rather than to a tenant. Unknown words belong to tenants: a template too
  /// coarse is safer than one that carries a name.
  static boolean isOrdinary(String word) {
    int letters = 0;
    int known = 0;
    for (int start = 0, end; start < word.length() && word.length() <= LONGEST_WORD; start = end) {
      end = partEnd(word, start);
      if (TokenScanner.isLetter(word.charAt(start))) {
        letters += end - start;
        known += isOrdinaryPart(word.substring(start, end).toLowerCase(Locale.ROOT)) ? end - start : 0;
      }
    }
    return letters > 0 && known * 100 >= letters * KNOWN_PERCENT;
  }

  private static boolean isOrdinaryPart(String part) {
    return ORDINARY.contains(part)
        || (part.length() >= SHORTEST_INFLECTED && ORDINARY_ENDINGS.stream().anyMatch(part::endsWith));
  }

  /// End of the part of a camel or snake case word that starts here; anything but a letter is a part of its own.
  private static int partEnd(String word, int start) {
    int end = start + 1;
    if (!TokenScanner.isLetter(word.charAt(start))) {
      return end;
    }
    while (end < word.length() && TokenScanner.isLetter(word.charAt(end))
        && !(Character.isUpperCase(word.charAt(end)) && !Character.isUpperCase(word.charAt(end - 1)))) {
      end++;
    }
    return end;
  }

  private static boolean isBetween(String token) {
    return token.length() <= LONGEST_WORD && BETWEEN.contains(token.toLowerCase(Locale.ROOT));
  }

  /// End of the tenant's name: of its word, or of the quoted string that it starts; `value` itself where there is none.
  private static int valueEnd(List<String> tokens, int value) {
    if (value >= tokens.size() || !TokenScanner.isWord(tokens.get(value))) {
      return value;
    }
    var before = tokens.get(value - 1);
    boolean quoted = before.equals("\"") || (before.equals("'") && !tokens.get(value).equals("s"));
    int close = quoted ? tokens.subList(value, tokens.size()).indexOf(before) : -1;
    int end = close < 0 ? value + 1 : value + close;
    boolean ordinary = tokens.subList(value, end).stream().filter(TokenScanner::isWord)
        .allMatch(TenantWords::isOrdinary);
    return ordinary ? value : end;
  }
}
