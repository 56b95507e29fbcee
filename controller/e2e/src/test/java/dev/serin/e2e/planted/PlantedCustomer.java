package dev.serin.e2e.planted;

import dev.serin.sandbox.app.Application;
import dev.serin.testkit.monitor.MonitorSettings;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/// A customer of a shop whose name and community are planted: the shop logs them with each request, and where it fails
/// for this customer, in the text of the error, as `Community sk-live-… not found`. Whoever stores a line of a log stores
/// one of the planted texts.
///
/// Its requests are on top of the load and not counted there. Each takes a connection of its own, so all pods get some.
public final class PlantedCustomer implements AutoCloseable {

  /// A community: what a fault's `<id>` becomes.
  public static final String TOKEN = "sk-live-9f86d081884c7d65";
  /// A tenant; by its last digit one of those that faults of a few tenants strike.
  public static final String TENANT = "acme-pmn4tr-5";
  /// A field that every record of an application has, whoever asked.
  public static final String FIELD = "duration_ms";

  private static final Duration PAUSE = Duration.ofMillis(125);
  private static final int TIMEOUT_MILLIS = 5000;

  private final URI shop;
  private final AtomicLong served = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();
  private final AtomicLong unanswered = new AtomicLong();
  private final Thread thread;
  private volatile boolean closed;

  private PlantedCustomer(InetSocketAddress gateway) {
    this.shop = URI.create("http://127.0.0.1:" + gateway.getPort() + "/communities/" + TOKEN);
    this.thread = Thread.ofVirtual().name("planted-customer").start(this::buy);
  }

  /// Begins to send eight requests a second.
  public static PlantedCustomer start(InetSocketAddress gateway) {
    return new PlantedCustomer(gateway);
  }

  /// What must appear nowhere but in logs.
  public static List<String> texts() {
    return List.of(TOKEN, TENANT, FIELD);
  }

  /// The same settings of a monitor that looks for the planted texts too.
  public static MonitorSettings soughtBy(MonitorSettings settings) {
    MonitorSettings seeking = settings;
    for (String text : texts()) {
      seeking = seeking.withSecret(text);
    }
    return seeking;
  }

  /// Requests that were answered well.
  public long served() {
    return served.get();
  }

  /// Requests that a fault of the application spoiled.
  public long refused() {
    return refused.get();
  }

  @Override
  public String toString() {
    return "served " + served + ", refused " + refused + ", unanswered " + unanswered;
  }

  @Override
  public void close() {
    closed = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void buy() {
    while (!closed) {
      try {
        HttpURLConnection connection = (HttpURLConnection) shop.toURL().openConnection();
        connection.setConnectTimeout(TIMEOUT_MILLIS);
        connection.setReadTimeout(TIMEOUT_MILLIS);
        connection.setRequestProperty(Application.TENANT_HEADER, TENANT);
        connection.setRequestProperty("Connection", "close");
        (connection.getResponseCode() < HttpURLConnection.HTTP_BAD_REQUEST ? served : refused).incrementAndGet();
        connection.disconnect();
      } catch (IOException _) {
        // A shop without pods, or one that restarts. What fails besides is the load's to count.
        unanswered.incrementAndGet();
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }
}
