package dev.serin.signature.record;

import dev.serin.signature.record.StackTrace.Thrown;
import dev.serin.signature.text.Characters;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Reads the stack traces of Java and its kin, Node, Python and Go.
final class StackTraceReader {

  static final String PYTHON_START = "Traceback (most recent call last):";
  static final String GO_PANIC = "panic: ";
  static final String GO_STACK = "goroutine ";
  /// How Go's HTTP server begins to tell of a panic that it caught; the client's address follows.
  static final String GO_SERVING = "http: panic serving ";
  /// Ends the fields that Node prints behind the frames of an exception.
  static final String NODE_BLOCK_END = "}";

  /// How Java, .NET and Node begin the cause of the exception before it.
  private static final List<String> CAUSES = List.of("Caused by: ", "---> ", "[cause]: ");
  /// Logback can print the root cause first: what follows wraps the exception before it.
  private static final String WRAPPED_BY = "Wrapped by: ";
  /// An AggregateException counts what it holds.
  private static final Pattern INNER_NUMBER = Pattern.compile("\\A\\(Inner Exception #[0-9]{1,9}\\) ");
  private static final String INNER = " ---> ";
  private static final String INNER_ENDS = "--- End of inner exception stack trace ---";
  private static final String SUPPRESSED = "Suppressed: ";
  private static final String IN_THREAD = "Exception in thread \"";
  /// How Node and browsers begin an exception that nobody caught.
  private static final Pattern UNCAUGHT = Pattern
      .compile("(?:\\(node:[0-9]{1,10}+\\) UnhandledPromiseRejectionWarning:|Uncaught) (?=[\\w$]{1,256}+(?::|$))");
  private static final List<String> TYPE_ENDINGS = List.of("Exception", "Error", "Throwable", "Failure", "Fault");
  private static final List<String> FRAMEWORKS = List.of("java.", "javax.", "jakarta.", "jdk.", "sun.", "com.sun.",
      "org.springframework.", "org.apache.catalina.", "org.apache.coyote.", "org.apache.tomcat.", "io.netty.",
      "reactor.", "io.micronaut.", "kotlinx.coroutines.", "System.", "Microsoft.", "runtime.", "runtime/", "net/http.",
      "created by ");
  private static final List<String> FOREIGN_PLACES = List.of("node:", "node_modules", "site-packages", "/lib/python");
  /// Counters and hashes that compilers and proxies append: `lambda$find$3`, `fn__1204`, `$Proxy12`, `_jvst4f2_a`.
  private static final Pattern GENERATED = Pattern.compile("[$_]{1,4}+[0-9]++(?![A-Za-z])|(?<=\\$Proxy)[0-9]++");
  private static final Pattern HIDDEN_CLASS = Pattern.compile("/0x[0-9a-f]++|(?<=[A-Za-z])_?\\$\\$[^.(]*+");
  /// `main.store`, `net/http.HandlerFunc.ServeHTTP`, `github.com/acme/shop.(*Store).Find.func1`, `shop.Find[...]`.
  private static final Pattern GO_FUNCTION = Pattern
      .compile(
          "(?=.{1,256}$)[A-Za-z_][\\w./~%-]*+(?:\\(\\*?+\\w++(?:\\[\\.\\.\\.\\])?+\\)[\\w.-]++)?+(?:\\[\\.\\.\\.\\][\\w.-]*+)?+");
  private static final int LONGEST_NAME = 256;
  private static final int MAX_CAUSES = 32;

  private StackTraceReader() {}

  /// @param bare
  ///          whether an exception counts though no frames follow it
  static Optional<StackTrace> read(List<String> lines, boolean bare) {
    // One line has no frames, and without any an exception does not count.
    if (lines.isEmpty() || (lines.size() == 1 && !bare)) {
      return Optional.empty();
    }
    List<Thrown> chain;
    if (lines.contains(PYTHON_START)) {
      chain = python(lines);
    } else if (lines.stream().anyMatch(line -> line.startsWith(GO_STACK))) {
      chain = go(lines);
    } else {
      chain = java(lines);
    }
    boolean certain = chain.stream().anyMatch(
        thrown -> !thrown.frames().isEmpty() || (bare && hasTypeEnding(thrown.type())));
    return certain ? Optional.of(new StackTrace(chain)) : Optional.empty();
  }

  /// Whether a line begins with an exception, as `java.lang.IllegalStateException: closed` does.
  static boolean isHeader(String line) {
    return thrown(line).isPresent();
  }

  /// Whether an exception counts though it has no frames of the application: nobody caught it, or Node's own code threw it.
  static boolean isOfNode(List<String> lines) {
    return UNCAUGHT.matcher(lines.getFirst()).lookingAt()
        || lines.stream().map(String::strip).anyMatch(line -> isFrame(line) && line.contains("node:"));
  }

  /// Whether a name is called as exceptions are.
  static boolean hasTypeEnding(String name) {
    return TYPE_ENDINGS.stream().anyMatch(name::endsWith);
  }

  static boolean isFrame(String stripped) {
    return stripped.startsWith("at ") && (stripped.indexOf('(') > 0 || stripped.indexOf('/') > 0);
  }

  static boolean isCause(String stripped) {
    return cause(stripped).isPresent() || stripped.startsWith(SUPPRESSED) || stripped.startsWith(WRAPPED_BY)
        || stripped.startsWith("--- End of ")
        || (stripped.startsWith("... ") && (stripped.endsWith(" more") || stripped.endsWith(" omitted")));
  }

  /// What a cause's header says about it.
  private static Optional<String> cause(String stripped) {
    for (var begin : CAUSES) {
      if (stripped.startsWith(begin)) {
        return Optional.of(INNER_NUMBER.matcher(stripped.substring(begin.length())).replaceFirst(""));
      }
    }
    return Optional.empty();
  }

  /// Whether the line is the name of a Go function and nothing else, as zap prints one before each place of a stack.
  static boolean isGoFunction(String line) {
    return line.indexOf('.') > 0 && !line.endsWith(".") && GO_FUNCTION.matcher(line).matches();
  }

  static boolean isTypeName(String name) {
    if (name.isEmpty() || name.length() > LONGEST_NAME || !Characters.isLetter(name.charAt(0))
        || !Characters.isWord(name)) {
      return false;
    }
    int dot = name.lastIndexOf('.');
    boolean qualified = dot > 0 && dot + 1 < name.length() && Character.isUpperCase(name.charAt(dot + 1));
    return qualified || hasTypeEnding(name);
  }

  private static List<Thrown> java(List<String> lines) {
    List<Thrown> chain = new ArrayList<>();
    // A set: recursion counts once, however deep it was.
    Set<String> frames = new LinkedHashSet<>();
    int suppressed = Integer.MAX_VALUE;
    boolean ended = false;
    boolean wrapped = false;
    for (var line : lines.stream().flatMap(StackTraceReader::innerApart).toList()) {
      var text = line.strip();
      int indent = line.indexOf(text);
      if (indent >= suppressed) {
        continue;
      }
      suppressed = text.startsWith(SUPPRESSED) ? indent : Integer.MAX_VALUE;
      var cause = cause(text);
      // .NET prints the frames of the outer exception behind those of the inner one; the inner ones name the fault.
      ended = cause.isEmpty() && (ended || text.equals(INNER_ENDS));
      wrapped |= text.startsWith(WRAPPED_BY);
      if (isFrame(text)) {
        if (!ended) {
          frame(text).ifPresent(frames::add);
        }
      } else if ((cause.isPresent() || text.startsWith(WRAPPED_BY) || chain.isEmpty()) && chain.size() < MAX_CAUSES
          && suppressed > indent) {
        var header = text.startsWith(WRAPPED_BY) ? text.substring(WRAPPED_BY.length()) : cause.orElse(text);
        var thrown = header.equals(text) ? thrown(text).or(() -> inside(text)) : thrown(header);
        if (thrown.isPresent()) {
          giveFrames(chain, frames);
          chain.add(thrown.get());
        }
      }
    }
    giveFrames(chain, frames);
    return wrapped ? chain.reversed() : chain;
  }

  /// A line of .NET may hold the exception and the inner ones: `a.BException: wrapped ---> c.DException: lost`.
  private static Stream<String> innerApart(String line) {
    int arrow = line.indexOf(INNER);
    if (arrow < 0) {
      return Stream.of(line);
    }
    List<String> parts = new ArrayList<>();
    int from = 0;
    for (int i = 0; arrow >= 0 && i < MAX_CAUSES; i++) {
      if (!line.substring(from, arrow).isBlank() && isInner(line.substring(arrow).strip())) {
        parts.add(line.substring(from, arrow));
        from = arrow;
      }
      arrow = line.indexOf(INNER, arrow + INNER.length());
    }
    parts.add(line.substring(from));
    return parts.stream();
  }

  /// Arrows stand in messages too: .NET's types have a namespace and the ending of exceptions.
  private static boolean isInner(String text) {
    return cause(text).flatMap(StackTraceReader::thrown)
        .filter(inner -> inner.type().indexOf('.') > 0 && hasTypeEnding(inner.type())).isPresent();
  }

  private static void giveFrames(List<Thrown> chain, Set<String> frames) {
    if (!chain.isEmpty() && !frames.isEmpty()) {
      var last = chain.removeLast();
      chain.add(new Thrown(last.type(), last.message(), List.copyOf(frames)));
    }
    frames.clear();
  }

  private static Optional<Thrown> thrown(String text) {
    int threadEnd = text.startsWith(IN_THREAD) ? text.indexOf("\" ", IN_THREAD.length()) : -1;
    var uncaught = UNCAUGHT.matcher(text);
    var header = threadEnd < 0
        ? uncaught.lookingAt() ? text.substring(uncaught.end()) : text
        : text.substring(threadEnd + 2);
    int colon = header.indexOf(':');
    var type = (colon < 0 ? header : header.substring(0, colon)).strip();
    return isTypeName(type)
        ? Optional.of(new Thrown(type, colon < 0 ? "" : header.substring(colon + 1).strip(), List.of()))
        : Optional.empty();
  }

  /// An exception behind other words of a message: `Request failed: java.io.IOException: closed`.
  private static Optional<Thrown> inside(String text) {
    for (int start = text.indexOf(' '); start >= 0; start = text.indexOf(' ', start + 1)) {
      int end = text.indexOf(' ', start + 1);
      var word = text.substring(start + 1, end < 0 ? text.length() : end);
      var type = word.endsWith(":") ? word.substring(0, word.length() - 1) : word;
      if (type.indexOf('.') > 0 && hasTypeEnding(type) && isTypeName(type)) {
        return Optional.of(new Thrown(type, end < 0 ? "" : text.substring(end).strip(), List.of()));
      }
    }
    return Optional.empty();
  }

  /// `class#method` of a frame of the application.
  private static Optional<String> frame(String text) {
    int open = text.indexOf('(');
    var place = open < 0 ? "" : text.substring(0, open).strip();
    if (place.length() <= 3 || FOREIGN_PLACES.stream().anyMatch(text::contains)) {
      return Optional.empty();
    }
    var called = HIDDEN_CLASS.matcher(place.substring(3)).replaceAll("");
    // Java prints the module or class loader before the class, Node the kind of call.
    var name = called.substring(Math.max(called.lastIndexOf('/'), called.lastIndexOf(' ')) + 1);
    return application(name, name.lastIndexOf('.'));
  }

  private static Optional<String> application(String name, int dot) {
    if (FRAMEWORKS.stream().anyMatch(name::startsWith)) {
      return Optional.empty();
    }
    var frame = dot < 0 ? name : name.substring(0, dot) + "#" + name.substring(dot + 1);
    return Optional.of(GENERATED.matcher(frame).replaceAll(""));
  }

  /// Python prints the root cause first and in each traceback the innermost call last.
  private static List<Thrown> python(List<String> lines) {
    List<Thrown> chain = new ArrayList<>();
    List<String> frames = new ArrayList<>();
    boolean body = false;
    for (var line : lines) {
      var text = line.strip();
      if (text.equals(PYTHON_START)) {
        body = true;
        frames.clear();
      } else if (body && text.startsWith("File \"")) {
        pythonFrame(text).ifPresent(frames::add);
      } else if (body && !text.isEmpty() && text.charAt(0) == line.charAt(0) && chain.size() < MAX_CAUSES) {
        int colon = text.indexOf(':');
        chain.add(new Thrown(colon < 0 ? text : text.substring(0, colon),
            colon < 0 ? "" : text.substring(colon + 1).strip(), List.copyOf(new LinkedHashSet<>(frames.reversed()))));
        body = false;
      }
    }
    return chain.reversed();
  }

  private static Optional<String> pythonFrame(String text) {
    int fileEnd = text.indexOf('"', 6);
    int in = text.lastIndexOf(", in ");
    if (fileEnd < 0 || in < 0 || FOREIGN_PLACES.stream().anyMatch(text::contains)) {
      return Optional.empty();
    }
    var file = text.substring(text.lastIndexOf('/', fileEnd) < 0 ? 6 : text.lastIndexOf('/', fileEnd) + 1, fileEnd);
    return Optional
        .of((file.endsWith(".py") ? file.substring(0, file.length() - 3) : file) + ":" + text.substring(in + 5));
  }

  /// The panic and the calls of the first goroutine, which is the one that panicked.
  private static List<Thrown> go(List<String> lines) {
    Set<String> frames = new LinkedHashSet<>();
    Optional<String> message = Optional.empty();
    int stacks = 0;
    for (var line : lines) {
      if (line.startsWith(GO_PANIC) && stacks == 0) {
        message = Optional.of(line.substring(GO_PANIC.length()));
      } else if (line.startsWith(GO_SERVING) && stacks == 0) {
        int address = line.indexOf(": ", GO_SERVING.length());
        message = Optional.of(address < 0 ? "" : line.substring(address + 2));
      } else if (line.startsWith(GO_STACK)) {
        stacks++;
      } else if (stacks == 1 && line.endsWith(")") && line.lastIndexOf('(') > 0
          && !Character.isWhitespace(line.charAt(0)) && !line.startsWith("panic(")) {
        var name = line.substring(0, line.lastIndexOf('('));
        application(name, name.lastIndexOf('.')).ifPresent(frames::add);
      }
    }
    return message.map(text -> List.of(new Thrown("panic", text, List.copyOf(frames)))).orElse(List.of());
  }
}
