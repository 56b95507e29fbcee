package dev.serin.sandbox.pods;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

// The JDK has no public API that signs a certificate; its keytool has been part of every JDK since 1.2.
/// A self-signed certificate for 127.0.0.1, made anew at each start. API servers accept it from kubelets as long as
/// they are started without `--kubelet-certificate-authority`, and from aggregated APIs that say
/// `insecureSkipTLSVerify`.
public final class ServerCertificate {

  private ServerCertificate() {}

  /// A context for servers.
  ///
  /// @throws IOException
  ///           when the JDK's keytool does not make the certificate
  public static SSLContext create() throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("serin-kubelet-");
    Path file = folder.resolve("kubelet.p12");
    String password = UUID.randomUUID().toString();
    try {
      keytool(file, password);
      return context(file, password.toCharArray());
    } catch (GeneralSecurityException e) {
      throw new IOException("the certificate just made cannot be used", e);
    } finally {
      Files.deleteIfExists(file);
      Files.delete(folder);
    }
  }

  private static void keytool(Path file, String password) throws IOException, InterruptedException {
    ProcessBuilder keytool = new ProcessBuilder(
        Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair", "-alias", "kubelet",
        "-keyalg", "EC", "-groupname", "secp256r1", "-dname", "CN=sandbox-kubelet", "-ext", "san=ip:127.0.0.1",
        "-validity", "365", "-storetype", "PKCS12", "-keystore", file.toString(), "-storepass:env", "STOREPASS");
    keytool.environment().put("STOREPASS", password);
    Process process = keytool.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
      process.destroyForcibly();
      throw new IOException("keytool could not make a certificate");
    }
  }

  private static SSLContext context(Path file, char[] password) throws IOException, GeneralSecurityException {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      keys.load(in, password);
    }
    KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(keys, password);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(factory.getKeyManagers(), null, null);
    return context;
  }
}
