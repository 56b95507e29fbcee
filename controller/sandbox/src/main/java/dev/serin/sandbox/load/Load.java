package dev.serin.sandbox.load;

import dev.serin.sandbox.load.HttpConnection.StaleConnectionException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Sends requests at a fixed rate until it is closed. An open loop: slow answers do not slow the clients down, requests
/// that
/// find no free connection are counted as skipped.
public final class Load implements AutoCloseable {

  private static final int TIMEOUT_MILLIS = 5000;
  private static final int MAX_PROBLEMS = 20;
  private static final int MAX_TALLIES = 1000;

  private final InetSocketAddress target;
  private final LoadPlan plan;
  private final InstantSource clock;
  private final BlockingQueue<Tenants.Call> calls;
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean closed;

  private final Object lock = new Object();
  private final Map<String, Tally> tallies = new LinkedHashMap<>();
  private final List<String> problems = new ArrayList<>();
  private long unanswered;
  private long skipped;

  private Load(InetSocketAddress target, LoadPlan plan, InstantSource clock) {
    this.target = target;
    this.plan = plan;
    this.clock = clock;
    this.calls = new LinkedBlockingQueue<>(plan.connections());
  }

  /// Starts to send.
  ///
  /// @param target
  ///          normally a gateway
  public static Load start(InetSocketAddress target, LoadPlan plan, InstantSource clock) {
    Load load = new Load(target, plan, clock);
    load.threads.add(Thread.ofVirtual().name("load").start(load::send));
    for (int i = 0; i < plan.connections(); i++) {
      load.threads.add(Thread.ofVirtual().name("load-" + i).start(load::work));
    }
    return load;
  }

  /// What came back so far.
  public LoadReport report() {
    synchronized (lock) {
      return new LoadReport(List.copyOf(tallies.values()), unanswered, skipped, problems);
    }
  }

  /// Stops sending; requests under way get their answers first.
  @Override
  public void close() {
    closed = true;
    for (Thread thread : threads) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private void send() {
    Tenants tenants = new Tenants(plan);
    long distance = TimeUnit.SECONDS.toNanos(1) / plan.requestsPerSecond();
    long next = System.nanoTime();
    while (!closed) {
      if (!calls.offer(tenants.next())) {
        synchronized (lock) {
          skipped++;
        }
      }
      next += distance;
      LockSupport.parkNanos(next - System.nanoTime());
    }
  }

  private void work() {
    HttpConnection connection = null;
    try {
      while (!closed) {
        Tenants.Call call = calls.poll(100, TimeUnit.MILLISECONDS);
        if (call != null) {
          connection = request(call, connection);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      close(connection);
    }
  }

  /// Sends one request and counts its answer; returns the connection if it can be used again.
  private @Nullable HttpConnection request(Tenants.Call call, @Nullable HttpConnection open) {
    HttpConnection connection = open;
    try {
      HttpConnection.Answer answer;
      if (connection == null) {
        connection = HttpConnection.open(target, TIMEOUT_MILLIS);
        answer = connection.get(call);
      } else {
        try {
          answer = connection.get(call);
        } catch (StaleConnectionException _) {
          close(connection);
          connection = HttpConnection.open(target, TIMEOUT_MILLIS);
          answer = connection.get(call);
        }
      }
      count(answer);
      if (connection.usable() && connection.requests() < plan.keepAlive()) {
        return connection;
      }
    } catch (IOException e) {
      countUnanswered(call.path() + ": " + e);
    }
    close(connection);
    return null;
  }

  private void count(HttpConnection.Answer answer) {
    Instant now = clock.instant();
    String key = answer.image() + " " + answer.arm();
    synchronized (lock) {
      if (tallies.size() < MAX_TALLIES || tallies.containsKey(key)) {
        Tally before = tallies.getOrDefault(key, new Tally(answer.image(), answer.arm(), 0, now, Map.of()));
        tallies.put(key, before.plus(answer, now));
      }
    }
  }

  private void countUnanswered(String problem) {
    synchronized (lock) {
      unanswered++;
      if (problems.size() < MAX_PROBLEMS) {
        problems.add(clock.instant() + " " + problem);
      }
    }
  }

  private static void close(@Nullable HttpConnection connection) {
    if (connection != null) {
      connection.close();
    }
  }
}
