package dev.serin.sandbox.yaml;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads parts of API objects strictly. The API's records ignore what they do not know, because an older controller
/// reads newer objects; in a file that a person has written, whatever they would drop is a mistake.
public final class ApiFields {

  private ApiFields() {}

  /// @param path  place of the object in the file, for messages; empty for the whole file
  /// @param given as the file has it
  /// @param type  a record of the API
  /// @throws YamlException if a field is unknown, or a value is none that the API knows
  public static <T> T read(String path, Map<String, Object> given, Class<T> type) {
    T read;
    Map<?, ?> understood;
    try {
      read = Serialization.unmarshal(Serialization.asJson(given), type);
      understood = Serialization.unmarshal(Serialization.asJson(read), Map.class);
    } catch (IllegalArgumentException | KubernetesClientException _) {
      throw new YamlException(path.isEmpty() ? "the file" : path,
          "does not have the fields of the API with values of their types: see docs/reference/rollout.md");
    }
    refuseUnknown(path, given, understood);
    return read;
  }

  private static void refuseUnknown(String path, Object given, @Nullable Object understood) {
    if (given instanceof Map<?, ?> map) {
      map.forEach((key, value) -> {
        String at = path.isEmpty() ? String.valueOf(key) : path + "." + key;
        Object counterpart = understood instanceof Map<?, ?> known ? known.get(key) : null;
        boolean empty = value == null || value.equals(Map.of()) || value.equals(List.of());
        if (counterpart == null && !empty) {
          throw new YamlException(at, "is no field of the API: remove it or correct its name");
        }
        if (counterpart != null && !empty) {
          refuseUnknown(at, value, counterpart);
        }
      });
    } else if (given instanceof List<?> list && understood instanceof List<?> known && list.size() == known.size()) {
      for (int i = 0; i < list.size(); i++) {
        refuseUnknown(path + "[" + i + "]", list.get(i), known.get(i));
      }
    } else if (!String.valueOf(given).equals(String.valueOf(understood))) {
      // The API reads words of newer versions as Unknown; in a file they are typing errors.
      throw new YamlException(path, "has a value that the API does not know: " + given);
    }
  }
}
