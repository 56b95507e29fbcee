package dev.serin.signature.text;

import java.nio.charset.StandardCharsets;
import java.util.Random;

/// Lines made of what the canonicaliser's steps look for, in any order, with raw bytes in between.
final class HostileText {

  private static final String[] PIECES = {"community", "Community", "tenantId", "user_id", "acme", "not", "found",
      "user",
      "s", "id", "Kim", "=", "\"", "'", "`", "(", ")", "[", "]", "{", "}", "<", ">", "<*>", "<*", "*", ":", "::", ",",
      ";",
      ".", "..", "...", "|", "#", "-", "+", "%", "~", "@", "/", "\\", "?", "$", "_", "404", "503", "200", "7", "12345",
      "HTTP/1.1", "GET", "status", "code", "returned", "Bearer", "password", "token", "apikey",
      "Authorization", "Basic", "X-Api-Key", "Cookie", "_password", "x-token",
      "\\\"", "\\\\", "db.password", "--password", "'--token'", "\"--pass\",\"", "dbPassword", "db1.Token", "DBPass",
      "<secret>", "=>", "=\"", ": ",
      "Access",
      "Key", "-key", "eyJhbGciOiJub25lIn0",
      "ms", "MB", "%", "s", "Jun", "Mon", "utc", "EDT", "a:b:c:d", "fe80::1", "de:ad:be:ef", "http://x.io/y?z=1",
      "/a/b?c=d", "./run", "../x", "~/y", "x@y.de", "node.local", "user.id", "a.b.id", "call.com(", "wpad:80",
      "localhost:8080", "len:3", "key", "level", "msg", "error", "AbCdEfGhIjKlMnOpQrStUv",
      "readTimeoutOfEveryConnection",
      "depth.....0", "caused by dcbf", "é", "日本", "…", " ", "  ", "\t", "connection refused", "timed_out", "x", "b"};

  private HostileText() {}

  static byte[] line(Random random) {
    var line = new StringBuilder();
    for (int i = random.nextInt(14); i >= 0; i--) {
      boolean raw = random.nextInt(10) == 0;
      line.append(raw ? String.valueOf((char) random.nextInt(0x100)) : bytes(PIECES[random.nextInt(PIECES.length)]));
      line.append(random.nextInt(3) == 0 ? " " : "");
    }
    if (random.nextInt(500) == 0) {
      line.repeat(line.toString(), random.nextInt(60));
    }
    return line.toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  private static String bytes(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }
}
