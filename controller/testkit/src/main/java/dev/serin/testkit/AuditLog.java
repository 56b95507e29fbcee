package dev.serin.testkit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The audit log of one API server: every request but health checks and leases, writes with their bodies.
final class AuditLog {

  static final String POLICY = """
      apiVersion: audit.k8s.io/v1
      kind: Policy
      omitStages: [RequestReceived]
      omitManagedFields: true
      rules:
      - {level: None, nonResourceURLs: ["/healthz*", "/livez*", "/readyz*", "/openapi*", "/api", "/api/*", "/apis", "/apis/*"]}
      - {level: None, resources: [{group: coordination.k8s.io}]}
      - {level: Metadata, resources: [{group: "", resources: [secrets, serviceaccounts/token]}, {group: authentication.k8s.io}]}
      - {level: Request, verbs: [create, update, patch, delete, deletecollection]}
      - {level: Metadata}
      """;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path file;

  AuditLog(Path file) {
    this.file = file;
  }

  List<AuditEvent> events() {
    try {
      String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
      return text.substring(0, text.lastIndexOf('\n') + 1).lines().map(AuditLog::parse).toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the audit log " + file, e);
    }
  }

  private static AuditEvent parse(String line) {
    try {
      return AuditEvent.of(JSON.readTree(line));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("not an audit event", e);
    }
  }
}
