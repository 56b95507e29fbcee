package dev.serin.sandbox.app;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One fault of a version: which requests fail, when, and what the client and the log see.
///
/// @param message
///          text of the log record and of the response; `<id>` becomes the requested community's id, `<name>` its name, which no dictionary has
/// @param status
///          400..599, the response's status; 0 answers as usual and only logs the message at level ERROR
/// @param exception
///          class name that the log record carries, or null for none
/// @param rate
///          probability, 0..1, that a request of an affected tenant fails while the fault is on
/// @param tenants
///          fraction of the tenants, 0..1, that are affected; the choice is fixed and spread over all ranks
/// @param start
///          age of the version (since its first pod started) at which the fault begins
/// @param end
///          age at which it ends, or null for never
/// @param on
///          length of a burst
/// @param off
///          pause after each burst; zero for a fault without pauses
/// @param pod
///          name of the one pod that has the fault, or null for all pods of the version
public record ErrorRule(String message, int status, @Nullable String exception, double rate, double tenants,
    Duration start, @Nullable Duration end, Duration on, Duration off, @Nullable String pod) {

  /// Multiples of it, modulo 1, fill the unit interval more evenly than any other sequence does.
  private static final double GOLDEN_RATIO = 0.618_033_988_749_894_9;

  private static final List<String> SYLLABLES = List.of("bal", "dor", "fen", "gim", "hul", "jas", "kem", "lov", "mir",
      "nup");

  public ErrorRule {
    if (message.isBlank() || message.length() > 1000) {
      throw new IllegalArgumentException("message must have 1..1000 characters");
    }
    if (status != 0 && (status < 400 || status > 599)) {
      throw new IllegalArgumentException("status must be 400..599, or 0 to fail in the log only, was " + status);
    }
    requireFraction("rate", rate);
    requireFraction("tenants", tenants);
    if (start.isNegative() || on.isNegative() || off.isNegative()
        || (end != null && end.compareTo(start) <= 0)) {
      throw new IllegalArgumentException("start, on and off must not be negative and end must be after start");
    }
    if (off.isPositive() && on.isZero()) {
      throw new IllegalArgumentException("a fault with a pause (off) needs a burst length (on)");
    }
  }

  /// The text for one community.
  public String text(String id) {
    return message.replace("<id>", id).replace("<name>", name(id));
  }

  private static String name(String id) {
    StringBuilder name = new StringBuilder();
    id.chars().filter(Character::isDigit).forEach(digit -> name.append(SYLLABLES.get(digit - '0')));
    return name.append("heim").toString();
  }

  /// A fault that hits every request of every tenant from the first moment.
  public static ErrorRule always(String message, int status) {
    return new ErrorRule(message, status, null, 1, 1, Duration.ZERO, null, Duration.ZERO, Duration.ZERO, null);
  }

  /// The same fault for a share of an affected tenant's requests.
  public ErrorRule withRate(double share) {
    return new ErrorRule(message, status, exception, share, tenants, start, end, on, off, pod);
  }

  /// The same fault for a fraction of the tenants.
  public ErrorRule withTenants(double fraction) {
    return new ErrorRule(message, status, exception, rate, fraction, start, end, on, off, pod);
  }

  /// The same fault in bursts.
  public ErrorRule inBursts(Duration burst, Duration pause) {
    return new ErrorRule(message, status, exception, rate, tenants, start, end, burst, pause, pod);
  }

  /// The same fault with an exception in its log record.
  public ErrorRule withException(String className) {
    return new ErrorRule(message, status, className, rate, tenants, start, end, on, off, pod);
  }

  /// The same fault on one pod only, as of a bad node.
  public ErrorRule onPod(String name) {
    return new ErrorRule(message, status, exception, rate, tenants, start, end, on, off, name);
  }

  Optional<String> exceptionClass() {
    return Optional.ofNullable(exception);
  }

  /// Whether the fault is on at this age of the version.
  boolean active(Duration age) {
    if (age.compareTo(start) < 0 || (end != null && age.compareTo(end) >= 0)) {
      return false;
    }
    if (off.isZero()) {
      return true;
    }
    long cycle = on.plus(off).toNanos();
    return age.minus(start).toNanos() % cycle < on.toNanos();
  }

  /// Whether this pod has the fault.
  boolean isOn(String name) {
    return pod == null || pod.equals(name);
  }

  /// Whether this tenant is affected, by the number at the end of its name.
  boolean affects(String tenant) {
    if (tenants >= 1) {
      return true;
    }
    double position = number(tenant) * GOLDEN_RATIO;
    return position - Math.floor(position) < tenants;
  }

  /// The number at the end of a tenant's name, or one made from the name.
  static long number(String tenant) {
    int digits = tenant.length();
    while (digits > 0 && tenant.length() - digits < 9 && Character.isDigit(tenant.charAt(digits - 1))) {
      digits--;
    }
    return digits == tenant.length() ? tenant.hashCode() & 0xffff : Long.parseLong(tenant.substring(digits));
  }

  private static void requireFraction(String name, double value) {
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException(name + " must be 0..1, was " + value);
    }
  }
}
