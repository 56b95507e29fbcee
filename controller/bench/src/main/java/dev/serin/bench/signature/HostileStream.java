package dev.serin.bench.signature;

import dev.serin.signature.RecordRules;
import dev.serin.signature.record.LogLine;
import dev.serin.signature.record.RecordAssembler;
import dev.serin.signature.sketch.SipHash;
import dev.serin.signature.state.Owner;
import dev.serin.signature.state.OwnerCounts;
import dev.serin.signature.state.SignatureState;
import dev.serin.signature.state.StateRecorder;
import dev.serin.signature.tenant.TenantKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A stream meant to use up memory. A part of it fills the state with as much as its bounds allow; in the rest no line is
/// like another: new messages first, then new exceptions, routes and loggers too.
///
/// @param lines
///          records that were counted
/// @param counted
///          sum of all counts at the end, which must be as many
/// @param signatures
///          that are left
/// @param json
///          most bytes of the state as it is stored, after each tenth of the stream
/// @param heap
///          bytes that the recorder keeps after a garbage collection, after each tenth of the stream
/// @param seconds
///          that it took
public record HostileStream(long lines, long counted, int signatures, long json, List<Long> heap, double seconds) {

  private static final Owner OWNER = new Owner("canary", "uid", "app", 0);
  private static final int PARTS = 10;
  private static final int KINDS = 2;
  private static final int LETTERS = 26;
  private static final int FILLED_LOGGERS = 30;
  private static final int FILLING = FILLED_LOGGERS * 45;

  /// Plays a stream of so many lines.
  ///
  /// @param lines
  ///          at least 10
  public static HostileStream play(long lines) {
    long started = System.nanoTime();
    long before = Speed.heapInUse();
    var recorder = new StateRecorder(SignatureState.empty("key"), new RecordRules(List.of(), Optional.empty()),
        new TenantKey(new byte[32]), SipHash.fast(1, 2));
    var assembler = new RecordAssembler();
    var heap = new ArrayList<Long>();
    long json = 0;
    for (long i = 0; i < lines; i++) {
      long position = i;
      assembler.accept(new LogLine(Instant.ofEpochMilli(i), line(i, lines)))
          .forEach(record -> recorder.record(OWNER, record, new OwnerCounts.Cursor(position, 0, 0)));
      if ((i + 1) % (lines / PARTS) == 0) {
        heap.add(Speed.heapInUse() - before);
        json = Math.max(json, recorder.state().json().length());
      }
    }
    assembler.flush().ifPresent(record -> recorder.record(OWNER, record, new OwnerCounts.Cursor(lines, 0, 0)));
    var state = recorder.state();
    long counted = state.totals(OWNER.arm()).values().stream().mapToLong(Long::longValue).sum();
    return new HostileStream(lines, counted, state.atoms().size(), json, heap, (System.nanoTime() - started) / 1e9);
  }

  /// New kinds join after two, three and four fifths.
  private static String line(long number, long lines) {
    var name = letters(number);
    int kinds = KINDS + (int) Math.max(0, 5 * number / lines - 1);
    return switch ((int) (number % kinds)) {
      case 0 -> filling((int) (number / kinds % FILLING));
      case 1 -> "ERROR shop.Api - no such thing as " + name;
      case 2 -> "ERROR shop.Api - " + name + "Exception: lost";
      case 3 -> "WARN shop.Api - lost (GET /" + name + " 404 1ms)";
      default -> "ERROR shop." + name + " - lost";
    };
  }

  /// Long messages, as many as do not fold.
  private static String filling(int number) {
    return "ERROR shop.part" + letters(number % FILLED_LOGGERS) + " - " + ("lost " + letters(number) + " ").repeat(40);
  }

  /// A word without digits, which would be masked.
  private static String letters(long number) {
    var word = new StringBuilder();
    for (long rest = number; rest > 0; rest /= LETTERS) {
      word.append((char) ('a' + rest % LETTERS));
    }
    return word.append('q').toString();
  }
}
