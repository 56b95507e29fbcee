package dev.serin.cli.signatures;

import dev.serin.cli.input.InputException;
import dev.serin.cli.input.Printable;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/// A log that a person has named: a file, or `-` for standard input; plain, or gzip whatever its name is.
///
/// @param path
///          as given
record LogInput(Path path) {

  private static final Path STANDARD_INPUT = Path.of("-");
  private static final int BUFFER = 1 << 16;
  private static final int GZIP_FIRST = 0x1F;
  private static final int GZIP_SECOND = 0x8B;

  /// @throws InputException
  ///           if it is no file that can be read
  LogInput {
    if (!path.equals(STANDARD_INPUT)) {
      if (!Files.exists(path)) {
        throw new InputException(Printable.text(path.toString()) + ": does not exist; a relative path begins at "
            + Path.of("").toAbsolutePath());
      }
      if (Files.isDirectory(path)) {
        throw new InputException(Printable.text(path.toString()) + ": is a directory; name the files in it");
      }
      if (!Files.isReadable(path)) {
        throw new InputException(Printable.text(path.toString()) + ": must not be read by this user");
      }
    }
  }

  /// How people see it.
  String name() {
    return path.equals(STANDARD_INPUT) ? "standard input" : Printable.text(path.toString());
  }

  /// Whether it can be read twice.
  boolean lasts() {
    return Files.isRegularFile(path);
  }

  /// Gives every line to `lines`, in memory that does not depend on its size.
  ///
  /// @throws InputException
  ///           if it ends in the middle of what it should hold; every line before that was given
  void read(Consumer<String> lines) {
    try (var raw = new BufferedInputStream(
        path.equals(STANDARD_INPUT) ? new FileInputStream(FileDescriptor.in) : Files.newInputStream(path), BUFFER)) {
      LineCutter.cut(isGzip(raw) ? new GZIPInputStream(raw, BUFFER) : raw, lines);
    } catch (EOFException _) {
      throw new InputException(name() + ": the gzip stream is cut off; what it held until there was read");
    } catch (ZipException e) {
      throw new InputException(name() + ": the gzip stream is damaged (" + e.getMessage()
          + "); what it held until there was read");
    } catch (IOException e) {
      throw new InputException(name() + ": cannot be read on (" + Printable.text(String.valueOf(e.getMessage()))
          + "); what it held until there was read");
    }
  }

  private static boolean isGzip(InputStream in) throws IOException {
    in.mark(2);
    boolean gzip = in.read() == GZIP_FIRST && in.read() == GZIP_SECOND;
    in.reset();
    return gzip;
  }
}
