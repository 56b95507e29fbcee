package dev.serin.testkit.monitor.etcd;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Every revision of etcd, each exactly once and in order.
///
/// All keys are watched, so revisions are consecutive numbers and a missing one is noticed. Where that cannot be kept,
/// because etcd compacted, cancelled or stayed away, reading ends with a [BrokenHistoryException]; it never skips.
public final class History {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PAUSE = Duration.ofMillis(100);

  private final Etcd etcd;
  private final Duration patience;
  // Of the answer that is being read, which may come in parts.
  private final List<Entry> parts = new ArrayList<>();
  private long last;

  /// @param after
  ///          the last revision that is known already
  /// @param patience
  ///          how long etcd may be away
  public History(Etcd etcd, long after, Duration patience) {
    this.etcd = etcd;
    this.last = after;
    this.patience = patience;
  }

  /// Who is told.
  public interface Reader {

    /// @param entries
    ///          all writes of the next revisions, at least one
    void read(List<Entry> entries);
  }

  /// Passes on every write. Ends only by an exception.
  public void follow(Reader reader) throws InterruptedException {
    long seen = System.nanoTime();
    while (true) {
      String reason;
      try (InputStream watch = etcd.watch(last + 1)) {
        reason = follow(watch, reader);
        seen = System.nanoTime();
      } catch (IOException e) {
        reason = e.toString();
      }
      if (System.nanoTime() - seen >= patience.toNanos()) {
        throw new BrokenHistoryException("etcd is away since revision " + last + ": " + reason);
      }
      Thread.sleep(PAUSE);
    }
  }

  /// Returns why it ended.
  private String follow(InputStream watch, Reader reader) {
    // What a cut left unfinished comes again.
    parts.clear();
    try (MappingIterator<JsonNode> answers = JSON.readerFor(JsonNode.class).readValues(watch)) {
      while (answers.hasNextValue()) {
        JsonNode answer = answers.nextValue();
        if (answer.has("error")) {
          return answer.path("error").toString();
        }
        take(answer.path("result"), reader);
      }
      return "the watch ended";
    } catch (IOException e) {
      return e.toString();
    }
  }

  private void take(JsonNode answer, Reader reader) {
    if (answer.path("canceled").asBoolean()) {
      throw new BrokenHistoryException("etcd cancelled the watch after revision " + last + " ("
          + answer.path("cancel_reason").asText("no reason given") + "), it has compacted up to revision "
          + answer.path("compact_revision").asLong());
    }
    for (JsonNode event : answer.path("events")) {
      boolean deletion = event.path("type").asText().equals("DELETE");
      Entry entry = deletion ? Entry.deleted(event.path("kv")) : Entry.written(event.path("kv"));
      long previous = parts.isEmpty() ? last : parts.getLast().revision();
      // One revision may write several keys, but never in two answers.
      if (entry.revision() != previous + 1 && (parts.isEmpty() || entry.revision() != previous)) {
        throw new BrokenHistoryException("revision " + entry.revision() + " follows revision " + previous);
      }
      parts.add(entry);
    }
    if (!answer.path("fragment").asBoolean() && !parts.isEmpty()) {
      last = parts.getLast().revision();
      reader.read(List.copyOf(parts));
      parts.clear();
    }
  }
}
