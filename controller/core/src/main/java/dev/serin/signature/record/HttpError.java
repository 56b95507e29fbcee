package dev.serin.signature.record;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What an application says of a failed request beside its status.
///
/// It is read from an `error` object, from a field for an error's code, and from the body of the response. A body is
/// asked more, because nothing but the answer stands there: whether it has `errors`, or says `success: false`. A plain
/// `code` or `status` beside a message may be anything and is left alone.
///
/// @param code
///          the application's own name for the error, as `COMMUNITY_NOT_FOUND`, `E1042` or `40401`
/// @param told
///          whether it says that there was an error, whatever the status is
record HttpError(Optional<String> code, boolean told) {

  static final HttpError NONE = new HttpError(Optional.empty(), false);

  private static final List<String> CODE = List.of("error.code", "error_code", "errorcode", "error.errorcode",
      "error.error_code", "err.code", "errors[0].code", "errors[0].extensions.code");
  private static final List<String> ERROR = List.of("error", "err", "error.message", "err.message", "error.msg",
      "error.detail");
  /// Of a body that tells an error, and only of one.
  private static final List<String> BODY_CODE = List.of("code", "error");
  private static final List<String> BODY = List.of("response.body", "response_body", "responsebody", "res.body",
      "resp_body", "http.response.body.content", "http.response.body", "response");
  private static final String ERRORS = "errors[0]";

  /// What stands in an error's field where there was none.
  private static final Set<String> NOTHING = Set.of("0", "00", "000", "200", "ok", "none", "no", "nil", "null", "false",
      "success", "no_error", "undefined", "n/a", "na");
  private static final Set<String> FAILED_STATUS = Set.of("error", "fail", "failed", "failure");
  private static final List<String> FAILED_FLAGS = List.of("success", "ok");

  /// A short number, or words with short numbers: no address, token or number of a customer has this form, so a code is safe
  /// to show.
  private static final Pattern CODE_FORM = Pattern
      .compile("[0-9]{1,6}+|[A-Za-z]{1,24}+[0-9]{0,6}+(?:[_.:/-][A-Za-z]{0,24}+[0-9]{0,6}+){0,8}+");
  private static final int MOST_DIGITS = 6;
  private static final int LONGEST_CODE = 64;

  /// Whether a field of this name, in lower case, may tell an error.
  static boolean isKey(String key) {
    return CODE.contains(key) || ERROR.contains(key);
  }

  static HttpError of(Fields fields) {
    var error = of(fields.values(), List.of());
    var body = body(fields);
    return body.isEmpty() ? error : error.or(of(body, BODY_CODE));
  }

  HttpError or(HttpError other) {
    return new HttpError(code.or(other::code), told || other.told);
  }

  /// @param weak
  ///          keys of a code that must not by themselves make an error
  private static HttpError of(Map<String, String> values, List<String> weak) {
    var code = code(values, CODE);
    boolean told = code.isPresent() || CODE.stream().anyMatch(key -> says(values.get(key)))
        || ERROR.stream().anyMatch(key -> says(values.get(key)))
        || values.keySet().stream().anyMatch(key -> key.startsWith(ERRORS))
        || (!weak.isEmpty() && bodyFailed(values));
    return told || !weak.isEmpty() ? new HttpError(code.or(() -> code(values, weak)), told) : NONE;
  }

  private static boolean bodyFailed(Map<String, String> body) {
    return FAILED_STATUS.contains(lower(body.getOrDefault("status", "")))
        || FAILED_FLAGS.stream().anyMatch(flag -> "false".equals(lower(body.getOrDefault(flag, ""))));
  }

  /// The fields of the response's body, nested in the record or as a text of JSON; none if there is no such body.
  private static Map<String, String> body(Fields fields) {
    for (var key : BODY) {
      var text = fields.values().get(key);
      if (text != null && text.startsWith("{")) {
        return Fields.json(text).map(Fields::values).orElse(Map.of());
      }
      Map<String, String> nested = new HashMap<>();
      fields.values().forEach((path, value) -> {
        if (path.length() > key.length() && path.startsWith(key) && path.charAt(key.length()) == '.') {
          nested.put(path.substring(key.length() + 1), value);
        }
      });
      if (!nested.isEmpty()) {
        return nested;
      }
    }
    return Map.of();
  }

  private static Optional<String> code(Map<String, String> values, List<String> keys) {
    return keys.stream().map(values::get).filter(HttpError::says).filter(HttpError::isCode).findFirst();
  }

  private static boolean says(@Nullable String value) {
    return value != null && value.chars().anyMatch(Character::isLetterOrDigit)
        && !NOTHING.contains(lower(value.strip()));
  }

  private static boolean isCode(String value) {
    return value.length() <= LONGEST_CODE && value.chars().filter(Character::isDigit).count() <= MOST_DIGITS
        && CODE_FORM.matcher(value).matches();
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
