package dev.serin.signature;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// What the canonicaliser knows about words. The lists are part of the algorithm's version; case is ignored.
final class Vocabulary {

  private static final Set<String> KEEP = words("""
      msg message error err reason cause exception level lvl severity logger caller code status method op operation
      component event type kind state result action""");

  private static final Set<String> UNITS = words(
      """
          b kb mb gb tb kib mib gib byte bytes bits ns us ms s sec secs second seconds m min mins minute minutes h hour hours
          day days hz mhz ghz kbps mbps % percent""");

  private static final Set<String> CALENDAR = words("""
      jan feb mar apr may jun jul aug sep oct nov dec january february march april june july august september october
      november december mon tue wed thu fri sat sun monday tuesday wednesday thursday friday saturday sunday
      pdt pst utc gmt""");

  private static final Set<String> DOMAIN_ENDINGS = words(
      """
          com net org edu gov mil int io co info biz name tv me asia arpa local localdomain internal lan svc us uk cn hk tw jp
          kr de fr ru it nl pl br in au ca eu cc gr cz es se ch at be dk fi no pt ro hu il tr mx ar cl za nz sg my th vn id ph
          ir pk ua by kz""");

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
          repository request requests reset resolver resource response result retry right rights role roles route row s
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
  private static final int KNOWN_PERCENT = 70;
  private static final String NOT_IN_HOST_NAMES = "/@\\%+~$";
  private static final int LONGEST_HOST_NAME = 253;

  private Vocabulary() {}

  static Set<String> words(String text) {
    return Set.of(Pattern.compile("\\s+").split(text));
  }

  /// Whether the value of this key stays, because it tells kinds of events apart.
  static boolean keepsValue(String key) {
    return contains(KEEP, key);
  }

  static boolean isUnit(String token) {
    return contains(UNITS, token);
  }

  static boolean isCalendar(String token) {
    return contains(CALENDAR, token);
  }

  /// Whether a word is dotted and ends in a domain ending.
  static boolean isHostName(String word) {
    int dot = word.lastIndexOf('.');
    return dot >= 0 && word.length() <= LONGEST_HOST_NAME && contains(DOMAIN_ENDINGS, word.substring(dot + 1))
        && word.chars().noneMatch(c -> NOT_IN_HOST_NAMES.indexOf(c) >= 0);
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

  /// Whether a word or sign may stand between a tenant word and the tenant's name.
  static boolean isBetween(String token) {
    return contains(BETWEEN, token);
  }

  private static boolean contains(Set<String> words, String word) {
    return word.length() <= LONGEST_WORD && words.contains(word.toLowerCase(Locale.ROOT));
  }
}
