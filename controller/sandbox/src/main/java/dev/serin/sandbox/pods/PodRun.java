package dev.serin.sandbox.pods;

import dev.serin.sandbox.app.AppVersion;
import dev.serin.sandbox.app.Application;
import dev.serin.sandbox.app.Startup;
import dev.serin.sandbox.app.Versions;
import dev.serin.sandbox.pods.PodStatusReport.Exit;
import dev.serin.sandbox.pods.PodStatusReport.State;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The life of one pod, from the first status to the removal of its object, as one thread that runs from top to bottom:
/// pull, start, check readiness, serve, maybe end and start again, drain, finish.
final class PodRun implements Runnable {

  private static final Duration CHECK = Duration.ofMillis(250);
  private static final Duration FIRST_BACK_OFF = Duration.ofSeconds(1);
  // Checks in a row that fail before a ready container is not ready any more, as kubelets do.
  private static final int FAILURES = 3;
  // Looks without a request in a row, two seconds altogether: long enough for the endpoint to leave every gateway, also
  // when the EndpointSlice controller has to try again after a second, and for a connection in use to hear that it must
  // close.
  private static final int QUIET_LOOKS = 8;
  private static final Duration MOST_DRAIN = Duration.ofSeconds(10);

  private final Pod pod;
  private final String ip;
  private final Surroundings surroundings;
  private final Instant startTime;
  private final CountDownLatch stop = new CountDownLatch(1);
  private final CountDownLatch gone = new CountDownLatch(1);
  private volatile Duration grace = Duration.ZERO;
  private volatile boolean quiet;
  private volatile boolean outOfMemory;
  private volatile @Nullable Container current;
  private volatile @Nullable Container previous;
  private int restarts;
  private @Nullable Exit lastExit;

  /// What all pods of a node share.
  record Surroundings(PodApi api, Versions versions, InstantSource clock, HttpClient checks, long seed) {}

  PodRun(Pod pod, String ip, Surroundings surroundings) {
    this.pod = pod;
    this.ip = ip;
    this.surroundings = surroundings;
    this.startTime = surroundings.clock().instant();
  }

  /// The object has a deletion timestamp: stop within this time.
  void stop(Duration gracePeriod) {
    grace = gracePeriod;
    stop.countDown();
  }

  /// The object does not exist any more: stop at once.
  void gone() {
    gone.countDown();
    stop.countDown();
  }

  void quiet(boolean on) {
    quiet = on;
  }

  void outOfMemory() {
    outOfMemory = true;
  }

  /// The log of the running instance, or of the one before it.
  Optional<LogRing> log(LogQuery query) {
    if (!query.container().equals(pod.getSpec().getContainers().getFirst().getName())) {
      return Optional.empty();
    }
    return Optional.ofNullable(query.previous() ? previous : current).map(Container::log);
  }

  @Override
  public void run() {
    try {
      if (pulled()) {
        serve();
      }
      surroundings.api().finish(pod.getMetadata());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      if (current != null) {
        current.close();
      }
    }
  }

  /// Waits until the image exists; false when the pod was stopped before.
  private boolean pulled() throws InterruptedException {
    String reason = "ErrImagePull";
    while (version().isEmpty()) {
      report(new State.Waiting(reason, "no version of the sandbox has the image " + image(), startTime));
      if (stop.await(1, TimeUnit.SECONDS)) {
        return false;
      }
      reason = "ImagePullBackOff";
    }
    return true;
  }

  private void serve() throws IOException, InterruptedException {
    while (true) {
      Container container = Container.start(identity(), surroundings.versions(), surroundings.clock(), () -> quiet);
      current = container;
      surroundings.api().annotate(pod.getMetadata(), Kubelet.ADDRESS_ANNOTATION,
          "127.0.0.1:" + container.application().address().getPort());
      if (watch(container)) {
        drain(container.application());
        container.close();
        return;
      }
      if (outOfMemory) {
        outOfMemory = false;
        ended(container, "OOMKilled", 137);
      } else {
        crash(container);
        if (stop.await(backOff().toMillis(), TimeUnit.MILLISECONDS)) {
          return;
        }
      }
      restarts++;
    }
  }

  /// Checks readiness and reports each change until the pod is stopped (true) or the container ends by itself (false).
  private boolean watch(Container container) throws InterruptedException {
    boolean ready = false;
    int failures = 0;
    report(new State.Running(false, container.startedAt(), container.startedAt()));
    while (!stop.await(CHECK.toMillis(), TimeUnit.MILLISECONDS)) {
      if (outOfMemory || version().map(AppVersion::startup).filter(Startup.CRASHES::equals).isPresent()) {
        return false;
      }
      failures = ready(container.application()) ? 0 : failures + 1;
      boolean now = ready ? failures < FAILURES : failures == 0;
      if (now != ready) {
        ready = now;
        report(new State.Running(ready, container.startedAt(), surroundings.clock().instant()));
      }
    }
    return true;
  }

  private void crash(Container container) throws InterruptedException {
    Instant now = surroundings.clock().instant();
    container.logCrash(now);
    ended(container, "Error", 1);
    report(new State.Waiting("CrashLoopBackOff", "back-off " + backOff().toSeconds() + "s restarting failed container",
        now));
  }

  private void ended(Container container, String reason, int code) {
    container.close();
    previous = container;
    lastExit = new Exit(reason, code, container.startedAt(), surroundings.clock().instant());
  }

  /// Serves on while clients still come, so that nobody is cut off who found this endpoint a moment ago.
  ///
  /// Looks are counted, not seconds: on a machine that stands still for a second, clients do too, and they come again.
  private void drain(Application application) throws InterruptedException {
    application.drain();
    Duration limit = grace.compareTo(MOST_DRAIN) < 0 ? grace : MOST_DRAIN;
    Instant last = application.lastRequest();
    long quiet = 0;
    for (long looks = limit.dividedBy(CHECK); looks > 0 && quiet < QUIET_LOOKS; looks--) {
      if (gone.await(CHECK.toMillis(), TimeUnit.MILLISECONDS)) {
        return;
      }
      Instant now = application.lastRequest();
      quiet = now.equals(last) ? quiet + 1 : 0;
      last = now;
    }
  }

  private boolean ready(Application application) throws InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + application.address().getPort() + "/ready");
    HttpRequest check = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(2)).build();
    try {
      return surroundings.checks().send(check, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException _) {
      return false;
    }
  }

  private void report(State state) throws InterruptedException {
    surroundings.api().report(pod.getMetadata(),
        new PodStatusReport(startTime, ip, state, restarts, lastExit).of(pod));
  }

  private Duration backOff() {
    return FIRST_BACK_OFF.multipliedBy(1L << Math.min(restarts, 4));
  }

  private Optional<AppVersion> version() {
    return surroundings.versions().find(image());
  }

  private String image() {
    return pod.getSpec().getContainers().getFirst().getImage();
  }

  private Application.Identity identity() {
    String name = pod.getMetadata().getName();
    String arm = Optional.ofNullable(pod.getMetadata().getLabels()).map(labels -> labels.get("serin.dev/arm"))
        .orElse("stable");
    return new Application.Identity(image(), arm, name, surroundings.seed() ^ name.hashCode());
  }
}
