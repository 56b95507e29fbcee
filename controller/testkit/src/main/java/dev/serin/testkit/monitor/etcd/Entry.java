package dev.serin.testkit.monitor.etcd;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/// What a revision of etcd did to one key.
///
/// @param revision
///          that wrote it
/// @param object
///          what the key holds now, null if it was deleted or is none of the API server's objects
public record Entry(long revision, String key, @Nullable JsonNode object) {

  private static final String OBJECTS = "/registry/";
  private static final ObjectMapper JSON = new ObjectMapper();

  /// Whether the key is one of the API server's objects.
  public boolean ofObject() {
    return key.startsWith(OBJECTS);
  }

  /// From a `KeyValue` of etcd's gateway.
  ///
  /// @throws BrokenHistoryException
  ///           when an object is not stored as JSON
  static Entry written(JsonNode keyValue) {
    String key = key(keyValue);
    long revision = keyValue.path("mod_revision").asLong();
    return new Entry(revision, key,
        key.startsWith(OBJECTS) ? parse(key, decode(keyValue.path("value").asText())) : null);
  }

  /// From the `KeyValue` of a deletion, which has no value.
  static Entry deleted(JsonNode keyValue) {
    return new Entry(keyValue.path("mod_revision").asLong(), key(keyValue), null);
  }

  private static JsonNode parse(String key, byte[] value) {
    try {
      JsonNode object = JSON.readTree(value);
      if (object != null && object.isObject()) {
        return object;
      }
    } catch (JsonProcessingException e) {
      throw new BrokenHistoryException(key + " is not stored as JSON, does the API server have --storage-media-type="
          + "application/json? " + e.getOriginalMessage());
    } catch (IOException e) {
      throw new BrokenHistoryException(key + " cannot be read: " + e.getMessage());
    }
    throw new BrokenHistoryException(key + " holds no object");
  }

  private static String key(JsonNode keyValue) {
    return new String(decode(keyValue.path("key").asText()), StandardCharsets.UTF_8);
  }

  private static byte[] decode(String base64) {
    return Base64.getDecoder().decode(base64);
  }
}
