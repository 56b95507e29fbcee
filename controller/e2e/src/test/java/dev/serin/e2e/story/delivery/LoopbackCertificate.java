package dev.serin.e2e.story.delivery;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/// A self-signed certificate for 127.0.0.1, made anew for each test.
///
/// @param context
///          for a server
/// @param caBundle
///          for those who are to trust it: PEM in Base64, as webhooks are registered with
record LoopbackCertificate(SSLContext context, String caBundle) {

  private static final String PASSWORD = "of no use outside of this test";

  /// @param folder
  ///          an empty one
  static LoopbackCertificate create(Path folder) throws IOException, InterruptedException {
    Path file = folder.resolve("webhook.p12");
    keytool(file);
    try {
      KeyStore keys = KeyStore.getInstance("PKCS12");
      try (InputStream in = Files.newInputStream(file)) {
        keys.load(in, PASSWORD.toCharArray());
      }
      KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      factory.init(keys, PASSWORD.toCharArray());
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(factory.getKeyManagers(), null, null);
      return new LoopbackCertificate(context, pem(keys.getCertificate("webhook").getEncoded()));
    } catch (GeneralSecurityException e) {
      throw new IOException("the certificate just made cannot be used", e);
    }
  }

  private static String pem(byte[] certificate) {
    String text = "-----BEGIN CERTIFICATE-----\n"
        + Base64.getMimeEncoder(64, new byte[]{'\n'}).encodeToString(certificate) + "\n-----END CERTIFICATE-----\n";
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
  }

  // The JDK has no public API that signs a certificate; its keytool has been part of every JDK since 1.2.
  private static void keytool(Path file) throws IOException, InterruptedException {
    ProcessBuilder keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
        "-genkeypair", "-alias", "webhook", "-keyalg", "EC", "-groupname", "secp256r1", "-dname", "CN=webhook", "-ext",
        "san=ip:127.0.0.1", "-validity", "2", "-storetype", "PKCS12", "-keystore", file.toString(), "-storepass",
        PASSWORD);
    Process process = keytool.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
      process.destroyForcibly();
      throw new IOException("keytool could not make a certificate");
    }
  }
}
