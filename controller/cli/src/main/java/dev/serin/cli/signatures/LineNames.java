package dev.serin.cli.signatures;

import dev.serin.cli.input.InputException;
import dev.serin.cli.input.Printable;
import dev.serin.signature.RecordRules;
import dev.serin.signature.Signature;
import dev.serin.signature.SignatureId;
import dev.serin.signature.merge.SignatureGroup;
import dev.serin.signature.record.LogRecord;
import java.io.PrintWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Prints the name of every record: ID, tab, template.
final class LineNames {

  /// All names must be known before the first group is: more would not be constant memory.
  static final int MOST_NAMES = 1 << 16;
  /// Asking whether anybody still reads flushes what is written.
  private static final int ASK_EVERY = 1 << 12;

  private static final RecordRules RULES = new RecordRules(List.of(), Optional.empty());

  private final LogReader.Format format;
  private final PrintWriter out;
  private long printed;

  LineNames(LogReader.Format format, PrintWriter out) {
    this.format = format;
    this.out = out;
  }

  /// Prints names as they are found.
  ///
  /// @return what was wrong with the logs
  List<String> atoms(List<LogInput> inputs) {
    return print(inputs, Map.of());
  }

  /// Prints the groups, for which it reads the logs twice.
  ///
  /// @return what was wrong with the logs
  /// @throws InputException
  ///           if that cannot be done
  List<String> groups(List<LogInput> inputs) {
    inputs.stream().filter(input -> !input.lasts()).findFirst().ifPresent(input -> {
      throw new InputException(input.name() + ": can be read only once, but groups are known at its end only: "
          + "add --atoms, or name a file");
    });
    Map<SignatureId, Signature> names = new HashMap<>();
    new LogReader(format).read(inputs, (record, _) -> {
      Signature name = RULES.nameOf(record);
      if (names.size() <= MOST_NAMES) {
        names.putIfAbsent(name.id(), name);
      }
    });
    if (names.size() > MOST_NAMES) {
      throw new InputException("there are more than " + MOST_NAMES + " names, too many to be grouped: add --atoms");
    }
    return print(inputs, SignatureGroup.of(names.values()));
  }

  private List<String> print(List<LogInput> inputs, Map<SignatureId, SignatureGroup> groups) {
    LogReader reader = new LogReader(format);
    reader.read(inputs, (record, _) -> print(record, groups));
    return reader.problems();
  }

  private void print(LogRecord record, Map<SignatureId, SignatureGroup> groups) {
    Signature name = RULES.nameOf(record);
    SignatureGroup group = groups.get(name.id());
    out.println((group == null ? name.id() : group.id()) + "\t"
        + Printable.text(group == null ? name.template() : group.template()));
    printed++;
    if (printed % ASK_EVERY == 0 && out.checkError()) {
      throw new NobodyReads();
    }
  }

  /// Whoever read the output has ended, as `head` does.
  static final class NobodyReads extends RuntimeException {
    private static final long serialVersionUID = 1;
  }
}
