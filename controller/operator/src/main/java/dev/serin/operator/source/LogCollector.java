package dev.serin.operator.source;

import dev.serin.judge.Arm;
import dev.serin.judge.ExposureKind;
import dev.serin.judge.PodCounts;
import dev.serin.judge.Window;
import dev.serin.signature.Family;
import dev.serin.signature.Signature;
import dev.serin.signature.SignatureId;
import dev.serin.signature.sketch.SipHash;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Cuts the logs of one Rollout's pods into windows that close in order, and counts the exits of their containers in them.
final class LogCollector implements WindowCollector {

  /// A window closes at the latest this long after its end.
  static final Duration LATEST = Duration.ofSeconds(10);

  private static final Logger LOG = LoggerFactory.getLogger(LogCollector.class);
  private static final Duration KEPT = Duration.ofMinutes(10);
  private static final int KEPT_AT_LEAST = 60;
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Duration LONGEST_PATIENCE = Duration.ofSeconds(1);

  private final PodLogClient client;
  private final InstantSource clock;
  private final SourceMeter meter;
  private final SourcePolicy policy;
  private final ExposureKind exposure;
  private final Runnable onWindowClosed;
  private final WindowGrid grid;
  /// How long a stream may be silent after a window before the log is asked: clocks differ, and lines are under way.
  private final Duration patience;
  private final BoundedRules rules;
  private final Sightings sightings;
  private final Exits exits = new Exits();
  private final Thread closer;
  private final CountDownLatch ended = new CountDownLatch(1);

  /// By name and uid of the pods.
  private final Map<String, Presence> present = new TreeMap<>();
  private final Deque<ClosedWindow> waiting = new ArrayDeque<>();
  /// As they were told last.
  private final Map<SignatureId, Signature> reported = new HashMap<>();
  private long next;

  /// A pod counts in the windows that it served from their begin to their end: neither its first moments nor its last
  /// are compared with pods that were there all the time, and while Kubernetes rolls the others go on to be judged.
  ///
  /// @param target
  ///          as it was named last: its container may have started again
  /// @param stream
  ///          its log
  /// @param first
  ///          the window after the one in which it came
  /// @param left
  ///          the window in which it left; the largest number while it is there
  private record Presence(PodTarget target, PodStream stream, long first, long left) {

    private static Presence from(PodTarget target, PodStream stream, long first) {
      return new Presence(target, stream, first, Long.MAX_VALUE);
    }

    boolean leaves() {
      return left < Long.MAX_VALUE;
    }

    boolean counts(long window) {
      return first <= window && window < left;
    }
  }

  /// Exits of the pods' containers that wait to be counted. An exit makes its pod unready, and the container young again: counted in
  /// the window in which it happened, it would be left out with it.
  ///
  /// What is seen of a pod for the first time is not counted. It may be from before the trial, or counted already by a process before
  /// this one: then a few are lost, and none counts twice.
  private final class Exits {

    /// A pod that stays away longer is as good as new: its past is forgotten, or pods that never come again would fill the memory.
    private static final Duration REMEMBERED = Duration.ofHours(1);

    private final Map<String, Past> byUid = new HashMap<>();

    /// What is known of one pod.
    private static final class Past {
      private final Map<String, Integer> restarts = new HashMap<>();
      private final List<PodTarget.Exit> waiting = new ArrayList<>();
      private Instant looked = Instant.MIN;
    }

    void look(Set<PodTarget> pods, Instant now) {
      pods.forEach(pod -> look(pod, now));
      byUid.values().removeIf(past -> past.looked.plus(REMEMBERED).isBefore(now));
    }

    /// A status tells the last exit of a container only. Where it restarted more than once since the last look, that one counts: how
    /// the others ended is not known, and a container that fails again before it served has the same fault as before.
    private void look(PodTarget pod, Instant now) {
      boolean known = byUid.containsKey(pod.uid());
      Past past = byUid.computeIfAbsent(pod.uid(), _ -> new Past());
      past.looked = now;
      for (PodTarget.Exit exit : pod.exits()) {
        String container = exit.trouble().container();
        if (exit.restart() > past.restarts.getOrDefault(container, 0)) {
          past.restarts.put(container, exit.restart());
          if (known && exit.warm(policy.warmup())) {
            past.waiting.add(exit);
          }
        }
      }
    }

    /// Moves what waits into the counts of a window that counts, unless the pod is too young to be judged in it.
    void count(PodTarget pod, Duration age, Counts counts) {
      Past past = byUid.get(pod.uid());
      if (past == null || age.compareTo(policy.warmup()) < 0) {
        return;
      }
      past.waiting.forEach(exit -> {
        Signature signature = rules.fold(exit.trouble().signature());
        counts.addExit(signature);
        sightings.sawExit(pod, exit, signature);
      });
      past.waiting.clear();
    }
  }

  LogCollector(PodLogClient client, InstantSource clock, SourceMeter meter, SourcePolicy policy, ExposureKind exposure,
      long afterSequence, Runnable onWindowClosed) {
    this.client = client;
    this.clock = clock;
    this.meter = meter;
    this.policy = policy;
    this.exposure = exposure;
    this.onWindowClosed = onWindowClosed;
    this.rules = new BoundedRules(policy);
    this.grid = policy.grid();
    this.sightings = new Sightings(grid, SipHash.fast(RANDOM.nextLong(), RANDOM.nextLong()));
    Duration half = policy.window().dividedBy(2);
    this.patience = half.compareTo(LONGEST_PATIENCE) < 0 ? half : LONGEST_PATIENCE;
    this.next = Math.max(afterSequence + 1, grid.sequenceAt(clock.instant()));
    this.closer = Thread.ofVirtual().name("serin-windows").unstarted(this::run);
  }

  void start() {
    closer.start();
  }

  @Override
  public synchronized void follow(Set<PodTarget> targets) {
    if (isClosed()) {
      return;
    }
    Instant now = clock.instant();
    exits.look(targets, now);
    long current = grid.sequenceAt(now);
    targets.forEach(target -> present.compute(key(target), (_, found) -> switch (found) {
      case null -> Presence.from(target, open(target), Math.max(current, next - 1) + 1);
      case Presence back when back.leaves() -> returned(target, back, current);
      // A container that started again is the same pod's: its log goes on.
      case Presence stays -> new Presence(target, stays.stream(), stays.first(), stays.left());
    }));
    Set<String> there = targets.stream().map(LogCollector::key).collect(Collectors.toSet());
    present.replaceAll((key, found) -> {
      if (there.contains(key) || found.leaves()) {
        return found;
      }
      found.stream().expectEnd();
      return new Presence(found.target(), found.stream(), found.first(), Math.max(current, next));
    });
    forgetThoseThatLeft();
  }

  private Presence returned(PodTarget target, Presence before, long current) {
    before.stream().close();
    return Presence.from(target, open(target), Math.max(current, next - 1) + 1);
  }

  private static String key(PodTarget target) {
    return target.name() + "/" + target.uid();
  }

  private void forgetThoseThatLeft() {
    present.values().removeIf(found -> {
      boolean gone = next >= found.left();
      if (gone) {
        found.stream().close();
      }
      return gone;
    });
  }

  @Override
  public synchronized List<ClosedWindow> closedAfter(long sequence) {
    waiting.removeIf(window -> window.window().sequence() <= sequence);
    return List.copyOf(waiting);
  }

  @Override
  public Optional<Sighting> sighting(Arm arm, SignatureId signature) {
    return sightings.of(arm, signature);
  }

  @Override
  public synchronized void close() {
    ended.countDown();
    present.values().forEach(found -> found.stream().close());
    present.clear();
  }

  boolean isClosed() {
    return ended.getCount() == 0;
  }

  private PodStream open(PodTarget target) {
    var tally = new PodTally(grid, rules, (entry, found) -> sightings.saw(target, entry, found), clock, meter,
        next - 1);
    var stream = new PodStream(target, tally, client, clock, meter);
    stream.start();
    return stream;
  }

  private void run() {
    // A twentieth of a window adds little to the time to a verdict.
    Duration tick = Duration.ofMillis(Math.clamp(policy.window().toMillis() / 20, 50, 250));
    try {
      while (!ended.await(tick.toMillis(), TimeUnit.MILLISECONDS)) {
        closeDue();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void closeDue() {
    try {
      if (closeProven(clock.instant())) {
        onWindowClosed.run();
      }
    } catch (RuntimeException e) {
      // A collector that died silently would hold its Rollout for ever.
      LOG.atError().setCause(e).log("Closing a window failed");
    }
  }

  private synchronized boolean closeProven(Instant now) {
    long before = next;
    while (!isClosed() && !now.isBefore(grid.end(next)) && mayClose(now)) {
      waiting.addLast(closeNext());
      next++;
      forgetThoseThatLeft();
    }
    long kept = Math.max(KEPT_AT_LEAST, KEPT.dividedBy(policy.window()));
    while (waiting.size() > kept) {
      waiting.removeFirst();
    }
    return next > before;
  }

  private boolean mayClose(Instant now) {
    Instant end = grid.end(next);
    var unproven = present.values().stream().filter(found -> found.counts(next)).map(Presence::stream)
        .filter(stream -> stream.tally().proof(next) == PodTally.Proof.WAITING).toList();
    boolean late = !now.isBefore(end.plus(LATEST));
    if (late) {
      unproven.forEach(PodStream::reopen);
    } else if (!now.minus(patience).isBefore(end)) {
      unproven.forEach(stream -> stream.askForLastLine(end, now.minus(patience), now));
    }
    return late || unproven.isEmpty();
  }

  private ClosedWindow closeNext() {
    var counted = new LinkedHashMap<PodTarget, Counts>();
    var missing = new ArrayList<String>();
    long late = 0;
    for (Presence found : present.values()) {
      PodTarget pod = found.target();
      PodTally tally = found.stream().tally();
      PodWindow part = tally.close(next);
      late += tally.takeLate();
      if (!found.counts(next)) {
        continue;
      }
      switch (part) {
        case PodWindow.Counted(Counts counts) -> counted.put(pod, counts);
        // The log of a pod that is going may end before its last whole window is proven: that is no fault.
        case PodWindow.Missing _ when found.leaves() -> {
        }
        case PodWindow.Missing(String why) -> missing.add("the log of pod " + pod.name() + " is missing: " + why);
      }
    }
    Optional<String> incomplete = incompleteBecause(missing);
    if (incomplete.isEmpty()) {
      counted.forEach((pod, counts) -> exits.count(pod, pod.age(grid.start(next)), counts));
    }
    return new ClosedWindow(window(counted, incomplete.isEmpty()), discovered(counted.values()), late, incomplete);
  }

  private Window window(Map<PodTarget, Counts> counted, boolean complete) {
    var canary = new ArrayList<PodCounts>();
    var baseline = new ArrayList<PodCounts>();
    counted.forEach((pod, counts) -> (pod.arm() == Arm.CANARY ? canary : baseline)
        .add(counts.podCounts(pod.name(), exposure, policy.window(), pod.age(grid.start(next)), rules)));
    return new Window(next, grid.start(next), grid.length(), canary, baseline, complete);
  }

  /// Those of this window, and those of earlier ones of which another route has shown meanwhile that they hold a name, or that
  /// folded.
  private List<Signature> discovered(Collection<Counts> counted) {
    var earlier = List.copyOf(reported.values()).stream().filter(told -> told.family() == Family.HTTP).map(rules::fold);
    return Stream.concat(earlier, counted.stream().flatMap(counts -> counts.events(rules).keySet().stream()))
        .filter(found -> !found.equals(reported.put(found.id(), found))).toList();
  }

  private Optional<String> incompleteBecause(List<String> missing) {
    if (present.values().stream().noneMatch(found -> found.counts(next))) {
      return Optional.of("no pod was ready all the time");
    }
    return switch (missing.size()) {
      case 0 -> Optional.empty();
      case 1 -> Optional.of(missing.getFirst());
      default -> Optional.of(missing.getFirst() + " (and of " + (missing.size() - 1) + " more)");
    };
  }
}
