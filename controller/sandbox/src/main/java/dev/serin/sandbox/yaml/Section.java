package dev.serin.sandbox.yaml;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/// One mapping of a file. Each key has to be asked for once; [#read] refuses those that nobody asked for.
public final class Section {

  private static final Pattern PART = Pattern.compile("([0-9]{1,6})(ms|s|m|h)");
  private static final Pattern DURATION = Pattern.compile("(?:[0-9]{1,6}(?:ms|s|m|h)){1,4}");

  private static final int MAX_CHARACTERS = 256 * 1024;
  private static final String WHOLE = "the file";

  private final String path;
  private final Map<?, ?> values;
  private final Set<String> known = new TreeSet<>();

  private Section(String path, Map<?, ?> values) {
    this.path = path;
    this.values = values;
  }

  /// Reads a text of one YAML document, which must be a mapping, completely.
  ///
  /// @param reader makes the value
  /// @throws YamlException if it is no such document; the message names the place and what to change
  public static <T> T document(String yaml, Function<Section, T> reader) {
    if (yaml.length() > MAX_CHARACTERS) {
      throw new YamlException(WHOLE, "must have at most " + MAX_CHARACTERS + " characters");
    }
    Object document;
    try {
      document = new Load(LoadSettings.builder().setAllowDuplicateKeys(false).build()).loadFromString(yaml);
    } catch (YamlEngineException e) {
      throw new YamlException(WHOLE, "is not YAML: " + e.getMessage());
    }
    return read("", document, reader);
  }

  /// Reads a mapping completely.
  ///
  /// @param path   its place in the file, for messages; empty for the whole file
  /// @param reader makes the value; its IllegalArgumentExceptions get the place in front
  /// @throws YamlException if it is no mapping, a value is wrong, or a key is unknown
  public static <T> T read(String path, @Nullable Object value, Function<Section, T> reader) {
    if (!(value instanceof Map<?, ?> values)) {
      throw new YamlException(path.isEmpty() ? WHOLE : path, "must be a mapping of keys to values");
    }
    Section section = new Section(path, values);
    T result;
    try {
      result = reader.apply(section);
    } catch (IllegalArgumentException e) {
      throw new YamlException(path.isEmpty() ? WHOLE : path, String.valueOf(e.getMessage()));
    }
    section.refuseUnknown();
    return result;
  }

  public String text(String key) {
    return optionalText(key).orElseThrow(() -> new YamlException(at(key), "is missing: add it"));
  }

  public Optional<String> optionalText(String key) {
    return value(key).map(value -> {
      if (value instanceof Map || value instanceof List || value.toString().isBlank()
          || value.toString().length() > 1000) {
        throw new YamlException(at(key), "must be a text of 1 to 1000 characters");
      }
      return value.toString();
    });
  }

  public int integer(String key, int absent, int least, int most) {
    return value(key).map(value -> {
      if (!(value instanceof Integer number) || number < least || number > most) {
        throw new YamlException(at(key), "must be a whole number from %d to %d, was %s".formatted(least, most,
            value));
      }
      return number;
    }).orElse(absent);
  }

  public double number(String key, double absent) {
    return value(key).map(value -> {
      if (!(value instanceof Number number)) {
        throw new YamlException(at(key), "must be a number, was " + value);
      }
      return number.doubleValue();
    }).orElse(absent);
  }

  /// A share such as `3%` or `0.03`.
  public double fraction(String key) {
    return value(key).map(value -> {
      Matcher percent = Pattern.compile("([0-9]{1,3}(?:\\.[0-9]{1,6})?)%").matcher(value.toString());
      double share = percent.matches()
          ? Double.parseDouble(percent.group(1)) / 100
          : value instanceof Number number ? number.doubleValue() : Double.NaN;
      if (!(share >= 0 && share <= 1)) {
        throw new YamlException(at(key), "must be a share such as 3% or 0.03, was " + value);
      }
      return share;
    }).orElse(1.0);
  }

  public Duration duration(String key, Duration absent) {
    return optionalDuration(key).orElse(absent);
  }

  public Optional<Duration> optionalDuration(String key) {
    return value(key).map(value -> {
      if (!DURATION.matcher(value.toString()).matches()) {
        throw new YamlException(at(key), "must be a duration such as 500ms, 10s or 1m30s, was " + value);
      }
      return PART.matcher(value.toString()).results().map(part -> unit(part.group(2), Long.parseLong(part.group(1))))
          .reduce(Duration.ZERO, Duration::plus);
    });
  }

  /// One of the constants of an enum, written in the file as `camelCase` or `CamelCase`.
  public <E extends Enum<E>> Optional<E> choice(String key, Class<E> type) {
    return value(key).map(value -> Stream.of(type.getEnumConstants())
        .filter(constant -> constant.name().replace("_", "").equals(value.toString().toUpperCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(() -> new YamlException(at(key), "must be one of " + Stream.of(type.getEnumConstants())
            .map(constant -> camelCase(constant.name())).collect(Collectors.joining(", ")) + ", was " + value)));
  }

  public <T> T section(String key, Function<Section, T> reader) {
    Object value = value(key).orElseThrow(() -> new YamlException(at(key), "is missing: add it"));
    return read(at(key), value, reader);
  }

  /// A list of mappings; absent is empty.
  public <T> List<T> list(String key, int limit, Function<Section, T> reader) {
    Object value = value(key).orElse(List.of());
    if (!(value instanceof List<?> items) || items.size() > limit) {
      throw new YamlException(at(key), "must be a list of at most " + limit + " entries");
    }
    List<T> result = new ArrayList<>();
    for (Object item : items) {
      result.add(read(at(key) + "[" + result.size() + "]", item, reader));
    }
    return result;
  }

  /// A list of texts; absent is empty.
  public List<String> texts(String key, int limit) {
    Object value = value(key).orElse(List.of());
    if (!(value instanceof List<?> items) || items.size() > limit
        || items.stream().anyMatch(item -> item == null || item instanceof Map || item instanceof List)) {
      throw new YamlException(at(key), "must be a list of at most " + limit + " texts");
    }
    return items.stream().map(String::valueOf).toList();
  }

  /// A mapping that is passed on as it is; absent is empty.
  public Map<String, Object> raw(String key) {
    return read(at(key), value(key).orElse(Map.of()), Section::rest);
  }

  /// Every key that nobody has asked for yet, passed on as it is.
  public Map<String, Object> rest() {
    Map<String, Object> copy = new LinkedHashMap<>();
    values.forEach((name, value) -> {
      if (known.add(String.valueOf(name))) {
        copy.put(String.valueOf(name), value);
      }
    });
    return copy;
  }

  /// The place of a key, for messages.
  public String at(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  private Optional<Object> value(String key) {
    known.add(key);
    return Optional.ofNullable(values.get(key));
  }

  private void refuseUnknown() {
    Set<String> unknown = new HashSet<>();
    values.keySet().forEach(key -> unknown.add(String.valueOf(key)));
    unknown.removeAll(known);
    unknown.stream().sorted().findFirst().ifPresent(key -> {
      throw new YamlException(at(key), "is unknown: remove it or use one of " + String.join(", ", known));
    });
  }

  private static Duration unit(String unit, long amount) {
    return switch (unit) {
      case "ms" -> Duration.ofMillis(amount);
      case "s" -> Duration.ofSeconds(amount);
      case "m" -> Duration.ofMinutes(amount);
      default -> Duration.ofHours(amount);
    };
  }

  private static String camelCase(String constant) {
    return Stream.of(constant.split("_", -1))
        .map(word -> word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT)).collect(Collectors.joining());
  }
}
