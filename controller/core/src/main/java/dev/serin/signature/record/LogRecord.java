package dev.serin.signature.record;

import dev.serin.signature.text.Canonicaliser;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// One event that an application logged: one line, or a line with its stack trace.
///
/// @param time
///          the container runtime's timestamp of the first line
/// @param level
///          severity, `UNKNOWN` where the record names none
/// @param logger
///          the logger's name without line numbers, at most 256 characters, or empty
/// @param message
///          the raw message: never show it, its canonical template only; where a field names the tenant, `<*>` stands in its
///          place
/// @param http
///          what the record says about an HTTP request
/// @param exception
///          the stack trace, where there is one
/// @param tenant
///          the raw name of the tenant that a field names: never show it, its keyed hash only
/// @param flaws
///          why its text may not be what the application wrote
public record LogRecord(Instant time, Level level, String logger, String message, Http http,
    Optional<StackTrace> exception, Optional<String> tenant, Set<Flaw> flaws) {

  /// What happened to a record's text on its way.
  public enum Flaw {
    /// The runtime cut a line. Only its first piece has a time, so text of the other stream may be glued on.
    SPLIT,
    /// Lines, or the middle of one, were left out because they were too many or too long.
    TRUNCATED
  }

  /// What a record says about an HTTP request.
  ///
  /// @param status
  ///          100 to 599
  /// @param method
  ///          upper-case method
  /// @param route
  ///          route template: the framework's, or the path with its variable segments masked as `{}`
  /// @param timed
  ///          whether the record tells a duration
  /// @param errorCode
  ///          the application's own code of the error: words and at most six digits, safe to show
  /// @param errorTold
  ///          whether the record or the response's body in it says that there was an error, whatever the status is
  public record Http(OptionalInt status, Optional<String> method, Optional<String> route, boolean timed,
      Optional<String> errorCode, boolean errorTold) {

    static final Http NONE = new Http(OptionalInt.empty(), Optional.empty(), Optional.empty(), false);

    Http(OptionalInt status, Optional<String> method, Optional<String> route, boolean timed) {
      this(status, method, route, timed, Optional.empty(), false);
    }

    /// A record without a status has no request that could have failed.
    Http with(HttpError error) {
      return status.isEmpty() || error.equals(HttpError.NONE)
          ? this
          : new Http(status, method, route, timed, errorCode.or(error::code), errorTold || error.told());
    }
  }

  public LogRecord {
    flaws = Set.copyOf(flaws);
  }

  LogRecord(Instant time, Level level, String logger, String message, Http http, Optional<StackTrace> exception,
      Optional<String> tenant) {
    this(time, level, logger, message, http, exception, tenant, Set.of());
  }

  /// A line that is a bare message: nothing in it is taken for a header, a field or a request.
  public static LogRecord ofMessage(LogLine line) {
    return new LogRecord(line.time(), Level.UNKNOWN, "", line.text(), Http.NONE, Optional.empty(), Optional.empty(),
        line.truncated() ? Set.of(Flaw.TRUNCATED) : Set.of());
  }

  /// The record without its tenant's name in any text: no template can show it, and the trouble of two tenants has one
  /// name. An everyday word stays, since most of its occurrences mean no tenant.
  LogRecord withoutTenantName() {
    if (tenant.isEmpty() || !TenantField.isTelling(tenant.get())) {
      return this;
    }
    var name = tenant.get();
    var hidden = new Http(http.status, http.method, http.route.map(route -> TenantField.hidden(route, name, "{}")),
        http.timed, http.errorCode.filter(code -> TenantField.hidden(code, name, "").equals(code)), http.errorTold);
    return new LogRecord(time, level, logger, TenantField.hidden(message, name, Canonicaliser.VARIABLE), hidden,
        exception.map(trace -> trace.withMessages(text -> TenantField.hidden(text, name, Canonicaliser.VARIABLE))),
        tenant, flaws);
  }

  LogRecord withFlaws(Set<Flaw> others) {
    return new LogRecord(time, level, logger, message, http, exception, tenant, others);
  }

  public OptionalInt status() {
    return http.status();
  }

  public Optional<String> method() {
    return http.method();
  }

  public Optional<String> route() {
    return http.route();
  }

  public boolean timed() {
    return http.timed();
  }
}
