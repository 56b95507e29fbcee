package dev.serin.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;

/// An enum of the API. The constant `ROLL_BACK` is the text `RollBack` on the wire.
///
/// Every implementation has the constant `UNKNOWN` for a value that a newer version may have written. It must hold,
/// never act, and
/// the schema refuses to store it.
public interface WireEnum {

  /// The constant's name, as [Enum#name()] gives it.
  String name();

  /// The CamelCase text that stands in the object.
  @JsonValue
  default String wireName() {
    var text = new StringBuilder();
    for (String word : name().split("_", -1)) {
      text.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
    }
    return text.toString();
  }

  /// The constant written as `text`, else `unknown`.
  static <E extends Enum<E> & WireEnum> E read(String text, E unknown) {
    return Arrays.stream(unknown.getDeclaringClass().getEnumConstants())
        .filter(constant -> constant.wireName().equals(text))
        .findFirst().orElse(unknown);
  }
}
