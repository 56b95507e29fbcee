package dev.serin.sandbox.load;

import dev.serin.sandbox.app.Application;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

// Written by hand because the load must decide when a connection ends: a pool behind a client would hide to which pod the
// next request goes, and that is what the share of a canary depends on.
/// One kept-alive HTTP/1.1 connection, used for one request at a time.
final class HttpConnection implements AutoCloseable {

  private static final int MAX_LINE = 8192;
  private static final int MAX_BODY = 1 << 20;

  private final Socket socket;
  private final BufferedInputStream in;
  private int requests;
  private boolean usable = true;

  private HttpConnection(Socket socket) throws IOException {
    this.socket = socket;
    this.in = new BufferedInputStream(socket.getInputStream());
  }

  static HttpConnection open(InetSocketAddress address, int timeoutMillis) throws IOException {
    Socket socket = new Socket();
    try {
      socket.connect(address, timeoutMillis);
      socket.setSoTimeout(timeoutMillis);
      socket.setTcpNoDelay(true);
      return new HttpConnection(socket);
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  /// Requests sent so far.
  int requests() {
    return requests;
  }

  /// Whether the server still accepts another request on it.
  boolean usable() {
    return usable;
  }

  /// Sends a request and reads the answer.
  ///
  /// @throws StaleConnectionException
  ///           if the server had closed the connection before it answered with a single byte
  Answer get(Tenants.Call call) throws IOException {
    requests++;
    String request = "GET " + call.path() + " HTTP/1.1\r\nHost: sandbox\r\n" + Application.TENANT_HEADER + ": "
        + call.tenant() + "\r\n\r\n";
    try {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      in.mark(1);
      if (in.read() < 0) {
        throw new EOFException("closed before the answer");
      }
      in.reset();
    } catch (SocketTimeoutException e) {
      throw e;
    } catch (IOException e) {
      throw new StaleConnectionException(e);
    }
    String statusLine = line();
    Map<String, String> headers = headers();
    skipBody(headers);
    usable = !"close".equalsIgnoreCase(headers.get("connection"));
    return new Answer(status(statusLine), headers.getOrDefault(lower(Application.IMAGE_HEADER), "unknown"),
        headers.getOrDefault(lower(Application.ARM_HEADER), "unknown"),
        headers.getOrDefault(lower(Application.FAULT_HEADER), ""));
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Map<String, String> headers() throws IOException {
    Map<String, String> headers = new HashMap<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      if (colon <= 0 || headers.size() > 50) {
        throw new IOException("malformed header");
      }
      headers.put(lower(line.substring(0, colon)), line.substring(colon + 1).strip());
    }
    return headers;
  }

  private void skipBody(Map<String, String> headers) throws IOException {
    String length = headers.get("content-length");
    if (length == null || !length.matches("[0-9]{1,7}") || Integer.parseInt(length) > MAX_BODY) {
      throw new IOException("the answer has no usable Content-Length");
    }
    in.skipNBytes(Integer.parseInt(length));
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder(64);
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0 || line.length() > MAX_LINE) {
        throw new EOFException("the answer broke off");
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  private static int status(String statusLine) throws IOException {
    if (!statusLine.matches("HTTP/1\\.1 [1-5][0-9]{2}( .*)?")) {
      throw new IOException("not an HTTP/1.1 status line");
    }
    return Integer.parseInt(statusLine.substring(9, 12));
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  /// What came back, from which image and arm, and which fault spoiled it (empty for none).
  record Answer(int status, String image, String arm, String fault) {}

  /// The server closed an idle connection; RFC 9110, section 9.2.2 lets a client send an idempotent request again.
  static final class StaleConnectionException extends IOException {
    private static final long serialVersionUID = 1;

    StaleConnectionException(IOException cause) {
      super("the connection was closed before an answer began", cause);
    }
  }
}
