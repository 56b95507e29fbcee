package dev.serin.signature.record;

import dev.serin.signature.text.Characters;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Headers whose layout is fixed, so that a part of them would mean nothing by itself.
///
/// | library | line |
/// |---|---|
/// | klog, glog | `E1126 02:37:54.123456 12345 server.go:123] message`; glog since 0.6 with the year, `E20261126 …` |
/// | zap, console | time, level, logger, `caller.go:12`, message and fields, separated by tabs |
/// | nginx, error log | `2026/11/26 02:37:54 [error] 12#12: *5 message, client: …` |
/// | PostgreSQL | `2026-11-26 02:37:54.123 UTC [123] user@db ERROR:  message` |
/// | .NET console | `fail: Shop.Api[12]`, the message on the next line |
final class FixedHeader {

  // Quantifiers are possessive and bounded: each pattern looks at the begin of a line a few times at most.
  private static final Pattern KLOG = Pattern
      .compile("([IWEF])(?:[0-9]{4}){1,2}+ [0-9:.]{8,20}+ +[0-9]{1,10}+ ([\\w./-]{1,128}+):[0-9]{1,7}+\\] ?+");
  private static final Pattern ZAP = Pattern
      .compile(
          "[0-9][0-9T:.,+Z e-]{3,40}+\t([A-Za-z]{4,6}+)\t(?:([\\w./-]{1,128}+)\t)?+(?:[\\w./@-]{1,200}?\\.go:[0-9]++\t)?+");
  private static final Pattern ZAP_CALLER_FIRST = Pattern
      .compile("[0-9][0-9T:.,+Z e-]{3,40}+\t([A-Za-z]{4,6}+)\t[\\w./@-]{1,200}?\\.go:[0-9]++\t");
  private static final Pattern NGINX = Pattern
      .compile("[0-9]{4}/[0-9]{2}/[0-9]{2} [0-9:]{8} \\[([a-z]{4,6}+)\\] [0-9]++#[0-9]++: (?:\\*[0-9]++ )?+");
  private static final Pattern POSTGRESQL = Pattern
      .compile(
          "[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9:.]{8,15}+ [A-Z]{2,5}+ \\[[0-9-]++\\](?: [^\\s@]{1,128}+@\\S{0,128}+)?+:? "
              + "([A-Z][A-Z0-9]{2,9}+): {1,2}+");
  private static final Pattern DOTNET = Pattern
      .compile("(fail|crit|warn|info|dbug|trce): ([\\w.`+]{1,200}+)\\[[0-9-]++\\]");

  private static final Map<String, Level> KLOG_LEVELS = Map.of("I", Level.INFO, "W", Level.WARN, "E", Level.ERROR, "F",
      Level.FATAL);
  private static final Map<String, Level> DOTNET_LEVELS = Map.of("fail", Level.ERROR, "crit", Level.FATAL, "warn",
      Level.WARN, "info", Level.INFO, "dbug", Level.DEBUG, "trce", Level.TRACE);
  /// Lines that explain the error before them: they are no events of their own.
  private static final Map<String, Level> POSTGRESQL_LEVELS = Map.of("LOG", Level.INFO, "STATEMENT", Level.DEBUG,
      "DETAIL", Level.DEBUG, "HINT", Level.DEBUG, "CONTEXT", Level.DEBUG, "QUERY", Level.DEBUG);
  private static final String NGINX_CONTEXT = ", client: ";

  private FixedHeader() {}

  static Optional<PlainHeader> scan(String line) {
    if (line.length() < 6) {
      return Optional.empty();
    }
    char first = line.charAt(0);
    if (Characters.isDigit(first)) {
      char fourth = line.charAt(4);
      return line.indexOf('\t') >= 0
          ? zap(line).or(() -> fourth == '/' ? nginx(line) : postgresql(line))
          : fourth == '/' ? nginx(line) : fourth == '-' ? postgresql(line) : Optional.empty();
    }
    return Characters.isDigit(line.charAt(1)) ? klog(line) : dotnet(line);
  }

  /// Whether zap's console encoder wrote the line: below it a stack may stand, function and place in turn.
  static boolean isZap(String line) {
    return !line.isEmpty() && Characters.isDigit(line.charAt(0)) && zap(line).isPresent();
  }

  private static Optional<PlainHeader> klog(String line) {
    var header = KLOG.matcher(line);
    return header.lookingAt()
        ? Optional.of(new PlainHeader(true, KLOG_LEVELS.getOrDefault(header.group(1), Level.UNKNOWN), header.group(2),
            header.end(), line.length()))
        : Optional.empty();
  }

  private static Optional<PlainHeader> zap(String line) {
    int tab = line.indexOf('\t');
    if (tab < 0 || tab > 40) {
      return Optional.empty();
    }
    var callerFirst = ZAP_CALLER_FIRST.matcher(line);
    var header = callerFirst.lookingAt() ? callerFirst : ZAP.matcher(line);
    if (header != callerFirst && !header.lookingAt()) {
      return Optional.empty();
    }
    var level = Level.parse(header.group(1));
    int fields = line.indexOf("\t{", header.end());
    // With fewer than two fields after the level the first of them is the message.
    boolean named = header != callerFirst && header.group(2) != null;
    return level.map(known -> new PlainHeader(true, known, named ? header.group(2) : "", header.end(),
        fields < 0 ? line.length() : fields));
  }

  private static Optional<PlainHeader> nginx(String line) {
    var header = NGINX.matcher(line);
    if (!header.lookingAt()) {
      return Optional.empty();
    }
    int context = line.indexOf(NGINX_CONTEXT, header.end());
    return Optional.of(new PlainHeader(true, level(header), "", header.end(), context < 0 ? line.length() : context));
  }

  private static Optional<PlainHeader> postgresql(String line) {
    var header = POSTGRESQL.matcher(line);
    if (!header.lookingAt()) {
      return Optional.empty();
    }
    var level = POSTGRESQL_LEVELS.getOrDefault(header.group(1), level(header));
    return Optional.of(new PlainHeader(true, level, "", header.end(), line.length()));
  }

  private static Optional<PlainHeader> dotnet(String line) {
    var header = DOTNET.matcher(line);
    return header.lookingAt()
        ? Optional
            .of(new PlainHeader(false, DOTNET_LEVELS.getOrDefault(header.group(1), Level.UNKNOWN), header.group(2),
                header.end(), line.length()))
        : Optional.empty();
  }

  private static Level level(Matcher header) {
    return Level.parse(header.group(1)).orElse(Level.UNKNOWN);
  }
}
