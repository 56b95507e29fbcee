package dev.serin.signature.text;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.ResourceBundle.Control;

/// The English dictionary with some words of computing. ASCII case is ignored. It is part of the algorithm's version.
///
/// A word belongs if known parts of its camel or snake case cover 70 % of its letters: `readTimeout` and `read_timeout`
/// do, `kschmidt` does not.
public final class Dictionary {

  // With the root locale and no fallback the resource bundle is a constant of the jar. Words lie one after the other in one
  // array, each after a byte with its length and lists; an open hash table holds their places. So a look-up in the bytes
  // of a line allocates nothing.

  /// In the English dictionary, or a word of computing.
  static final int ENGLISH = 1;
  /// An everyday word of log messages.
  static final int EVERYDAY = 1 << 1;

  private static final int SLOTS = 1 << 17;
  private static final int LONGEST_PART = 31;
  private static final int LONGEST_WORD = 64;
  private static final int KNOWN_PERCENT = 70;
  private static final int SHORTEST_INFLECTED = 5;
  static final String COMPUTING = """
      acl acls admin admins alloc api apis app apps arg args async auth authenticator authz backend backends backoff backup
      backups batch bool boolean buf byte bytes cache cached caches callback cert certs cfg checkpoint checksum chunk
      classpath cli cluster clusters cmd codec cols config configs configurator conf conn connector container containers cpu
      cpus cron csv ctx daemon daemons dao datanode db decode decoder dedup del deps deserialize deserializer dest dev
      devices dir dirs disk dns docker dst dto endpoint endpoints entrypoint enum env eof err errno exec executor executors
      failover fd fetcher filesystem filter firewall fmt frontend fs ftp func gateway gc grpc gui handler handlers handshake
      hash heartbeat hostname hostnames hosts html http https id ids idx impl init initializer int interceptor io ip ipc ips
      ipv iter jar java jdbc jdk jmx job jobs json jvm jwt kernel kube ldap lib libs linux listener listeners localhost lock
      login logins logout mac max mem memcached metadata middleware min misc msg msgs mutex namenode namespace namespaces
      nginx nio node nodes num oauth obj offline ok online oom org param params parser parsers passwd pid pipeline plugin
      plugins pod pods pool pools pos postgres pref prev prod proto proxies proxy ptr pwd queue queues redis ref refs regex
      registry repl replica replicas repo repos req resolver resp retry retries rpc runnable runtime sasl scheduler schema
      sdk segfault serde serialize serializer servlet session sessions shard shards shutdown singleton smtp socket sockets
      spec sql src ssh ssl startup stderr stdin stdout str struct subnet subsystem sync sys syscall sysctl tcp telnet temp
      template tenant tenants timeout timeouts timestamp timestamps tls tmp token tokens ttl tty tx txn udp uid ui unix
      unmarshal unregister upload uploads upstream uri uris url urls username usernames utils uuid val validator var vars vm
      vms websocket whitelist workflow wrapper www xml yaml yml zip zookeeper""";

  private static final byte[][] ENDINGS = List
      .of("ed", "ing", "tion", "sion", "tions", "ment", "ments", "able", "ible", "ly", "ness", "ity", "ance", "ence")
      .stream().map(ending -> ending.getBytes(StandardCharsets.US_ASCII)).toArray(byte[][]::new);

  private static final Dictionary INSTANCE = new Dictionary();

  private final byte[] letters = new byte[1 << 19];
  private final int[] slots = new int[SLOTS];
  private int used = 1;

  private Dictionary() {
    english().forEach(word -> add(word, ENGLISH));
    WordList.split(COMPUTING).forEach(word -> add(word, ENGLISH));
    EverydayWords.all().forEach(word -> add(word, EVERYDAY));
  }

  /// Whether the word belongs.
  public static boolean contains(String word) {
    byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
    return contains(bytes, 0, bytes.length);
  }

  /// Whether the word in these bytes belongs.
  public static boolean contains(byte[] text, int start, int end) {
    return INSTANCE.knows(text, start, end, ENGLISH);
  }

  /// Whether the word belongs to the language of messages rather than to a tenant, in whose place it stands.
  ///
  /// This list is shorter on purpose, with the endings of inflected words instead: a tenant's name may well be an English
  /// word, as `acme` and `oracle` are, and a template too coarse is safer than one that carries a name.
  public static boolean isEveryday(String word) {
    byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
    return isEveryday(bytes, 0, bytes.length);
  }

  static boolean isEveryday(byte[] text, int start, int end) {
    return INSTANCE.knows(text, start, end, EVERYDAY);
  }

  private boolean knows(byte[] text, int start, int end, int list) {
    if (end - start > LONGEST_WORD) {
      return false;
    }
    int all = 0;
    int known = 0;
    for (int from = start, to; from < end; from = to) {
      to = partEnd(text, from, end);
      if ((Characters.of(text[from]) & Characters.LETTER) != 0) {
        all += to - from;
        known += knowsPart(text, from, to, list) ? to - from : 0;
      }
    }
    return all > 0 && known * 100 >= all * KNOWN_PERCENT;
  }

  /// End of the part of a camel or snake case word that starts here; anything but a letter is a part of its own.
  private static int partEnd(byte[] text, int start, int end) {
    int to = start + 1;
    int before = Characters.of(text[start]);
    if ((before & Characters.LETTER) == 0) {
      return to;
    }
    while (to < end) {
      int here = Characters.of(text[to]);
      if ((here & Characters.LETTER) == 0 || ((here & Characters.UPPER) != 0 && isHump(text, before, to, end))) {
        break;
      }
      before = here;
      to++;
    }
    return to;
  }

  /// Whether a capital begins a part: after a small letter, or before one, as the C of `HTTPConnection` does.
  private static boolean isHump(byte[] text, int before, int capital, int end) {
    return (before & Characters.UPPER) == 0
        || (capital + 1 < end && (Characters.of(text[capital + 1]) & Characters.LOWER) != 0);
  }

  private boolean knowsPart(byte[] text, int start, int end, int list) {
    return (lists(text, start, end) & list) != 0
        || (list == EVERYDAY && end - start >= SHORTEST_INFLECTED && isInflected(text, start, end));
  }

  private static boolean isInflected(byte[] text, int start, int end) {
    for (byte[] ending : ENDINGS) {
      int i = ending.length;
      while (i > 0 && end - i >= start && (text[end - i] | 0x20) == ending[ending.length - i]) {
        i--;
      }
      if (i == 0) {
        return true;
      }
    }
    return false;
  }

  private int lists(byte[] text, int start, int end) {
    if (end - start > LONGEST_PART) {
      return 0;
    }
    for (int slot = slot(text, start, end); slots[slot] != 0; slot = (slot + 1) & (SLOTS - 1)) {
      if (isAt(slots[slot], text, start, end)) {
        return letters[slots[slot]] >> 5;
      }
    }
    return 0;
  }

  private boolean isAt(int place, byte[] text, int start, int end) {
    if ((letters[place] & LONGEST_PART) != end - start) {
      return false;
    }
    for (int i = start; i < end; i++) {
      if (lower(text[i]) != letters[place + 1 + i - start]) {
        return false;
      }
    }
    return true;
  }

  private static int slot(byte[] text, int start, int end) {
    int hash = end - start;
    for (int i = start; i < end; i++) {
      hash = hash * 31 + lower(text[i]);
    }
    return (hash * 0x9E3779B9) >>> 15;
  }

  private static byte lower(byte letter) {
    return letter >= 'A' && letter <= 'Z' ? (byte) (letter | 0x20) : letter;
  }

  private void add(String word, int list) {
    byte[] bytes = word.getBytes(StandardCharsets.US_ASCII);
    int slot = slot(bytes, 0, bytes.length);
    while (slots[slot] != 0 && !isAt(slots[slot], bytes, 0, bytes.length)) {
      slot = (slot + 1) & (SLOTS - 1);
    }
    if (slots[slot] == 0) {
      slots[slot] = used;
      letters[used] = (byte) bytes.length;
      System.arraycopy(bytes, 0, letters, used + 1, bytes.length);
      used += bytes.length + 1;
    }
    letters[slots[slot]] |= (byte) (list << 5);
  }

  /// Words of the bundle: each is the number of letters shared with the one before, then the others.
  private static Collection<String> english() {
    var bundle = ResourceBundle.getBundle("dev.serin.signature.text.dictionary", Locale.ROOT,
        Dictionary.class.getClassLoader(), Control.getNoFallbackControl(Control.FORMAT_PROPERTIES));
    return bundle.keySet().stream().flatMap(key -> {
      var word = new StringBuilder();
      return List.of(bundle.getString(key).split(" ")).stream().map(coded -> {
        word.setLength(Character.digit(coded.charAt(0), 36));
        return word.append(coded, 1, coded.length()).toString();
      });
    }).toList();
  }
}
