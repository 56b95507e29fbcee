package dev.serin.testkit.monitor.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/// The revision of a pod template, worked out from its definition and not by the code of Serin: the first ten
/// characters of base32 SHA-256 over canonical JSON, which has sorted keys, no nulls and no empty objects or arrays.
public final class TemplateRevision {

  private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
  private static final int CHARACTERS = 10;
  private static final int BITS = 5;

  private TemplateRevision() {}

  /// @param template
  ///          `spec.template` of a workload, or a kept one; the labels that Kubernetes and Serin add do not count
  public static String of(JsonNode template) {
    JsonNode own = template.deepCopy();
    if (own.at("/metadata/labels") instanceof ObjectNode labels) {
      labels.remove(List.of("pod-template-hash", "serin.dev/arm"));
    }
    String canonical = canonical(own);
    BigInteger hash = new BigInteger(1, sha256(canonical.isEmpty() ? "{}" : canonical));
    StringBuilder text = new StringBuilder(CHARACTERS);
    for (int i = 1; i <= CHARACTERS; i++) {
      text.append(ALPHABET.charAt(hash.shiftRight(256 - BITS * i).intValue() & 31));
    }
    return text.toString();
  }

  /// Canonical JSON; empty for what does not count.
  private static String canonical(JsonNode node) {
    if (node.isNull() || node.isMissingNode()) {
      return "";
    }
    if (node.isObject()) {
      TreeMap<String, String> members = new TreeMap<>();
      node.properties().forEach(member -> members.put(member.getKey(), canonical(member.getValue())));
      List<String> parts = new ArrayList<>();
      members.forEach((key, value) -> {
        if (!value.isEmpty()) {
          parts.add(TextNode.valueOf(key) + ":" + value);
        }
      });
      return parts.isEmpty() ? "" : "{" + String.join(",", parts) + "}";
    }
    if (node.isArray()) {
      return array(node);
    }
    return node.toString();
  }

  private static String array(JsonNode node) {
    List<String> parts = new ArrayList<>();
    node.forEach(element -> {
      String value = canonical(element);
      // Elements keep their places: only members of objects are left out.
      parts.add(!value.isEmpty() ? value : element.isArray() ? "[]" : element.isObject() ? "{}" : "null");
    });
    return parts.isEmpty() ? "" : "[" + String.join(",", parts) + "]";
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
