package dev.serin.sandbox.support;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/// A TLS server with a certificate of its own that answers `containerLogs` with the request line, and one more line for followers
/// once it is told to.
public final class TestKubelet implements AutoCloseable {

  private static final char[] PASSWORD = "changeit".toCharArray();

  private final HttpsServer server;
  private final CountDownLatch more = new CountDownLatch(1);

  /// @param folder
  ///          for the key
  public TestKubelet(Path folder) throws IOException, InterruptedException, GeneralSecurityException {
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(tls(folder.resolve("key.p12"))));
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/containerLogs/", this::answer);
    server.start();
  }

  public int port() {
    return server.getAddress().getPort();
  }

  /// Lets followers have their second line.
  public void goOn() {
    more.countDown();
  }

  @Override
  public void close() {
    goOn();
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.sendResponseHeaders(200, 0);
      var out = exchange.getResponseBody();
      out.write(("asked " + exchange.getRequestURI() + "\n").getBytes(StandardCharsets.UTF_8));
      out.flush();
      if (exchange.getRequestURI().getQuery().contains("follow=true") && more.await(30, TimeUnit.SECONDS)) {
        out.write("and more\n".getBytes(StandardCharsets.UTF_8));
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static SSLContext tls(Path keys) throws IOException, InterruptedException, GeneralSecurityException {
    var keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
        "-genkeypair", "-keyalg",
        "EC", "-dname", "CN=kubelet", "-storetype", "PKCS12", "-storepass", new String(PASSWORD), "-keystore",
        keys.toString())
        .redirectErrorStream(true).start();
    try (InputStream output = keytool.getInputStream()) {
      var said = new String(output.readAllBytes(), StandardCharsets.UTF_8);
      if (keytool.waitFor() != 0) {
        throw new IOException("keytool failed: " + said);
      }
    }
    var store = KeyStore.getInstance("PKCS12");
    try (var in = Files.newInputStream(keys)) {
      store.load(in, PASSWORD);
    }
    var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, PASSWORD);
    var context = SSLContext.getInstance("TLS");
    context.init(factory.getKeyManagers(), null, null);
    return context;
  }
}
