package dev.serin.testkit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/// Tokens of the actors, the key that signs ServiceAccount tokens, and kubeconfig texts; random per control plane.
final class Credentials {

  private final Map<Actor, String> tokens = new EnumMap<>(Actor.class);
  private final Path tokenFile;
  private final Path signingKey;

  /// Writes the files that the API server reads at its start into `folder`.
  Credentials(Path folder) throws IOException {
    SecureRandom random = new SecureRandom();
    for (Actor actor : Actor.values()) {
      byte[] secret = new byte[16];
      random.nextBytes(secret);
      tokens.put(actor, HexFormat.of().formatHex(secret));
    }
    tokenFile = Files.writeString(folder.resolve("tokens.csv"), Arrays.stream(Actor.values())
        .map(actor -> "%s,%s,%s,system:masters%n".formatted(token(actor), actor.user(), actor.user()))
        .collect(Collectors.joining()));
    signingKey = Files.writeString(folder.resolve("service-account.key"), privateKey());
  }

  String token(Actor actor) {
    return Objects.requireNonNull(tokens.get(actor));
  }

  Path tokenFile() {
    return tokenFile;
  }

  /// An RSA private key as PEM; the API server takes the public half from it.
  Path signingKey() {
    return signingKey;
  }

  static String kubeconfig(String url, String caCertificates, String user, String token) {
    return """
        apiVersion: v1
        kind: Config
        current-context: test
        clusters:
        - name: test
          cluster: {server: "%s", certificate-authority-data: "%s"}
        users:
        - name: "%s"
          user: {token: "%s"}
        contexts:
        - name: test
          context: {cluster: test, user: "%s", namespace: default}
        """.formatted(url, Base64.getEncoder().encodeToString(caCertificates.getBytes(StandardCharsets.UTF_8)), user,
        token,
        user);
  }

  private static String privateKey() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      byte[] key = generator.generateKeyPair().getPrivate().getEncoded();
      return "-----BEGIN PRIVATE KEY-----\n"
          + Base64.getMimeEncoder(64, new byte[]{'\n'}).encodeToString(key)
          + "\n-----END PRIVATE KEY-----\n";
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has RSA", e);
    }
  }
}
