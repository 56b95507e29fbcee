package dev.serin.testkit.proxy;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// One TCP connection of the client: requests come in one after the other, answers go out as they arrive.
///
/// One thread reads requests, another answers them, so that it is noticed at once when the client hangs up. Everything
/// that waits ends when the connection is cut.
final class Connection {

  /// A request that was read to its end.
  record Incoming(Request request, Map<String, List<String>> headers, BodyPublisher body) {
    boolean upgradesToWebSocket() {
      return headers.getOrDefault("Upgrade", List.of()).stream().anyMatch("websocket"::equalsIgnoreCase);
    }
  }

  /// An answer whose body may still be on its way.
  record Reply(int code, Map<String, List<String>> headers, InputStream body) {
    static Reply madeUp(Action.Answer answer) {
      byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
      Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
      answer.headers().forEach((name, value) -> headers.put(name, List.of(value)));
      headers.put("Content-Length", List.of(Integer.toString(body.length)));
      return new Reply(answer.code(), headers, new ByteArrayInputStream(body));
    }
  }

  private static final int LONGEST_LINE = 1 << 16;
  private static final byte[] LINE_END = {'\r', '\n'};

  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;
  private final CompletableFuture<Void> cut = new CompletableFuture<>();
  private Runnable onCut = () -> {};
  private @Nullable Request current;
  private volatile boolean silent;

  Connection(Socket socket) throws IOException {
    this.socket = socket;
    // Head and body are separate writes: without this the second waits for a delayed acknowledgement of the first.
    socket.setTcpNoDelay(true);
    in = new BufferedInputStream(socket.getInputStream());
    out = new BufferedOutputStream(socket.getOutputStream());
  }

  /// The next request, or null when the client has closed the connection.
  @Nullable
  Incoming read() throws IOException {
    String first = line();
    if (first == null) {
      return null;
    }
    Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (String line = lineOrFail(); !line.isEmpty(); line = lineOrFail()) {
      int colon = line.indexOf(':');
      if (colon < 1) {
        throw new IOException("not a header of a request: " + line);
      }
      headers.computeIfAbsent(line.substring(0, colon), _ -> new ArrayList<>())
          .add(line.substring(colon + 1).strip());
    }
    byte[] body = body(headers);
    return new Incoming(Request.parse(first), headers,
        body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
  }

  /// Starts to answer a request.
  synchronized void begin(Request request) {
    current = request;
    silent = false;
    onCut = () -> {};
  }

  /// The request is answered, or never will be.
  synchronized void end() {
    current = null;
    onCut = () -> {};
  }

  /// Sends an answer to the request begun last, as fast as its body arrives. After `lines` lines it stops with the
  /// connection open, and returns.
  ///
  /// @return whether the answer is complete; false when it stopped before its end
  boolean send(Reply reply, int lines) throws IOException {
    try (InputStream body = reply.body()) {
      boolean chunked = head(reply);
      byte[] buffer = new byte[1 << 14];
      int left = lines;
      int read = 0;
      while (left > 0 && (read = body.read(buffer)) >= 0 && !silent) {
        int allowed = 0;
        while (allowed < read && left > 0) {
          left -= buffer[allowed++] == '\n' ? 1 : 0;
        }
        write(buffer, allowed, chunked);
      }
      if (read >= 0 || silent) {
        return false;
      }
      if (chunked) {
        out.write("0\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
      }
      out.flush();
      return true;
    }
  }

  /// Ends the connection: what was written arrives, and the answer underway stays incomplete.
  void cut() {
    Runnable cancel;
    synchronized (this) {
      cancel = onCut;
      onCut = () -> {};
      current = null;
      cut.complete(null);
    }
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot close a connection of the client", e);
    }
    cancel.run();
  }

  /// Runs this when the connection is cut while the current request is answered, or at once when it is cut already.
  void onCut(Runnable cancel) {
    synchronized (this) {
      if (!cut.isDone()) {
        onCut = cancel;
        return;
      }
    }
    cancel.run();
  }

  void awaitCut() {
    cut.join();
  }

  /// Waits for something, and answers whether the connection is still open.
  boolean openAfter(CompletableFuture<?> release) {
    CompletableFuture.anyOf(release.handle((_, _) -> true), cut).join();
    return !cut.isDone();
  }

  synchronized boolean answers(Predicate<Request> which) {
    return current != null && which.test(current);
  }

  /// From now on nothing is delivered of the answer underway.
  void silence() {
    silent = true;
  }

  private boolean head(Reply reply) throws IOException {
    var head = new StringBuilder("HTTP/1.1 ").append(reply.code()).append(" \r\n");
    reply.headers().forEach((name, values) -> values
        .forEach(value -> head.append(name).append(": ").append(value).append("\r\n")));
    boolean bodiless = reply.code() == 204 || reply.code() == 304
        || answers(request -> request.method().equals("HEAD"));
    boolean chunked = !bodiless && !reply.headers().containsKey("Content-Length");
    if (chunked) {
      head.append("Transfer-Encoding: chunked\r\n");
    }
    out.write(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
    // A watch has its headers long before its first event.
    out.flush();
    return chunked;
  }

  private void write(byte[] buffer, int length, boolean chunked) throws IOException {
    // An empty chunk would end the answer.
    if (length > 0) {
      if (chunked) {
        out.write((Integer.toHexString(length) + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
      }
      out.write(buffer, 0, length);
      if (chunked) {
        out.write(LINE_END);
      }
      out.flush();
    }
  }

  private byte[] body(Map<String, List<String>> headers) throws IOException {
    if (headers.getOrDefault("Transfer-Encoding", List.of()).contains("chunked")) {
      var body = new ByteArrayOutputStream();
      for (int size = chunkSize(); size > 0; size = chunkSize()) {
        body.write(exactly(size));
        lineOrFail();
      }
      lineOrFail();
      return body.toByteArray();
    }
    return exactly(Integer.parseInt(headers.getOrDefault("Content-Length", List.of("0")).getFirst()));
  }

  private int chunkSize() throws IOException {
    return Integer.parseInt(lineOrFail().replaceFirst(";.*", "").strip(), 16);
  }

  private byte[] exactly(int size) throws IOException {
    byte[] bytes = in.readNBytes(size);
    if (bytes.length < size) {
      throw new EOFException("the client hung up in the middle of a request");
    }
    return bytes;
  }

  private String lineOrFail() throws IOException {
    String line = line();
    if (line == null) {
      throw new EOFException("the client hung up in the middle of a request");
    }
    return line;
  }

  private @Nullable String line() throws IOException {
    var line = new ByteArrayOutputStream();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        return null;
      }
      if (line.size() == LONGEST_LINE) {
        throw new IOException("a line of a request is longer than " + LONGEST_LINE + " bytes");
      }
      line.write(next);
    }
    return line.toString(StandardCharsets.ISO_8859_1).replaceFirst("\r$", "");
  }
}
