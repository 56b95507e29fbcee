package dev.serin.cli.judge;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.serin.cli.input.InputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/// The tokens of one line. Whatever is not as expected is refused with the number of the line and the place in it.
final class JsonLine {

  /// Up to here every whole number is a double of its own.
  static final long LARGEST_COUNT = 1L << 53;

  private static final int MAX_SHOWN = 60;

  private static final JsonFactory FACTORY = JsonFactory.builder()
      .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
      // Names of pods and tenants are without end: they must not stay in memory.
      .disable(JsonFactory.Feature.INTERN_FIELD_NAMES).build();

  private final JsonParser parser;
  private final long number;

  private JsonLine(JsonParser parser, long number) {
    this.parser = parser;
    this.number = number;
  }

  /// Consumes the value of a field.
  interface FieldReader {
    /// @param name
    ///          of the field; the value is yet to be read
    void read(String name) throws IOException;
  }

  /// Reads a whole line, which must be one JSON object.
  static void read(LineSplitter line, LineReader reader) {
    try (JsonParser parser = FACTORY.createParser(line.bytes(), line.offset(), line.length())) {
      JsonLine json = new JsonLine(parser, line.number());
      parser.nextToken();
      json.fields(name -> reader.read(json, name));
      if (parser.nextToken() != null) {
        throw json.wrong("must hold one JSON object and nothing after it");
      }
    } catch (JsonProcessingException e) {
      // What follows tells of bytes and settings of the parser.
      String what = e.getOriginalMessage()
          .replaceFirst(" \\(start marker at.*| \\(byte\\[\\].*|, from `Stream.*|: enable `.*", "");
      // What is too long has no place.
      String column = e.getLocation() == null ? "" : " (column " + e.getLocation().getColumnNr() + ")";
      throw new InputException("line " + line.number() + ": is no JSON as it should be: " + what + column);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Consumes the fields of a line.
  interface LineReader {
    /// Consumes the value of a field.
    void read(JsonLine json, String name) throws IOException;
  }

  /// Reads the object that begins at the current token.
  private void fields(FieldReader reader) throws IOException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      throw wrong("must be an object in {}, was " + shown());
    }
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      reader.read(name);
    }
  }

  /// The next value, an object with any names.
  void object(FieldReader reader) throws IOException {
    parser.nextToken();
    fields(reader);
  }

  /// The next value, a list of objects.
  ///
  /// @param item
  ///          makes a reader for the fields of an object, and what is made of them
  <T> List<T> objects(Supplier<? extends Item<T>> item) throws IOException {
    if (parser.nextToken() != JsonToken.START_ARRAY) {
      throw wrong("must be a list in [], was " + shown());
    }
    List<T> list = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      Item<T> one = item.get();
      fields(name -> one.read(this, name));
      list.add(one.made(this));
    }
    return list;
  }

  /// An object of a list while it is read.
  interface Item<T> extends LineReader {
    /// Called when all fields are read.
    T made(JsonLine json);
  }

  /// The next value, a whole number of 0 to 2^53.
  long count() throws IOException {
    JsonToken token = parser.nextToken();
    if (token != JsonToken.VALUE_NUMBER_INT) {
      throw wrong("must be a whole number, was " + shown());
    }
    if (parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER || parser.getLongValue() > LARGEST_COUNT) {
      throw parser.getText().startsWith("-") ? negative() : wrong("must be at most 2^53, was " + shown());
    }
    long count = parser.getLongValue();
    if (count < 0) {
      throw negative();
    }
    return count;
  }

  /// The next value, a text that is not blank.
  String text() throws IOException {
    if (parser.nextToken() != JsonToken.VALUE_STRING) {
      throw wrong("must be a text, was " + shown());
    }
    String text = parser.getText();
    if (text.isBlank()) {
      throw wrong("must not be blank");
    }
    return text;
  }

  /// The next value, true or false.
  boolean flag() throws IOException {
    return switch (parser.nextToken()) {
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      default -> throw wrong("must be true or false, was " + shown());
    };
  }

  InputException unknown(String name, Set<String> known) {
    return wrong("is unknown here: known are " + String.join(", ", known), name);
  }

  /// About the value that was read last.
  InputException wrong(String message) {
    return wrong(message, "");
  }

  private InputException wrong(String message, String name) {
    String place = place(parser.getParsingContext().pathAsPointer());
    if (place.isEmpty() && !name.isEmpty()) {
      place = name;
    }
    return new InputException("line " + number + ": " + (place.isEmpty() ? "" : place + " ") + message);
  }

  /// About the line as a whole.
  InputException refusal(String message) {
    return new InputException("line " + number + ": " + message);
  }

  private InputException negative() throws IOException {
    return wrong("must be at least 0, was " + parser.getText());
  }

  private String shown() throws IOException {
    JsonToken token = parser.currentToken();
    return switch (token) {
      case START_OBJECT -> "an object";
      case START_ARRAY -> "a list";
      case VALUE_STRING -> "the text \"" + shortened(parser.getText()) + "\"";
      case null -> "nothing";
      default -> shortened(parser.getText());
    };
  }

  private static String shortened(String text) {
    return text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "…";
  }

  /// `canary[0].requests` for `/canary/0/requests`.
  private static String place(JsonPointer pointer) {
    StringBuilder place = new StringBuilder();
    for (JsonPointer part = pointer; !part.matches(); part = part.tail()) {
      if (part.mayMatchElement() && part.getMatchingIndex() >= 0 && !place.isEmpty()) {
        place.append('[').append(part.getMatchingIndex()).append(']');
      } else {
        place.append(place.isEmpty() ? "" : ".").append(part.getMatchingProperty());
      }
    }
    return place.toString();
  }
}
