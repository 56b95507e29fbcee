package dev.serin.cli.input;

import dev.serin.sandbox.yaml.YamlException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;

/// Reads small files that a person has named on the command line.
public final class TextFile {

  private static final long MAX_BYTES = 1 << 20;

  private TextFile() {}

  /// The text of a file.
  ///
  /// @throws InputException
  ///           if there is no such file, or if it is larger than 1 MiB or no text in UTF-8
  public static String read(Path file) {
    try {
      if (!Files.exists(file)) {
        throw new InputException(file + ": does not exist; a relative path begins at " + Path.of("").toAbsolutePath());
      }
      if (!Files.isRegularFile(file) || Files.size(file) > MAX_BYTES) {
        throw new InputException(file + ": must be a file of at most 1 MiB");
      }
      return Files.readString(file);
    } catch (CharacterCodingException _) {
      throw new InputException(file + ": must be text in UTF-8");
    } catch (IOException e) {
      throw new InputException(file + ": cannot be read: " + e);
    }
  }

  /// What a file says.
  ///
  /// @param reader
  ///          its [YamlException] or [InputException] gets the file's name in front
  /// @throws InputException
  ///           as [#read(Path)], or when the reader refuses the text
  public static <T> T read(Path file, Function<String, T> reader) {
    String text = read(file);
    try {
      return reader.apply(text);
    } catch (YamlException | InputException e) {
      throw new InputException(file + ": " + e.getMessage());
    }
  }
}
