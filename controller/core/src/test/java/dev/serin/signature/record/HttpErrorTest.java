package dev.serin.signature.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpErrorTest {

  @ParameterizedTest
  @DisplayName("The code of an error is read from error objects, fields for codes, pairs and bodies of responses")
  @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
      "{'status':404,'method':'GET','error':{'code':'COMMUNITY_NOT_FOUND','message':'x'}} | COMMUNITY_NOT_FOUND",
      "{'status':404,'method':'GET','errorCode':'E1042'} | E1042",
      "{'status':409,'method':'GET','error_code':40901} | 40901",
      "{'status':404,'method':'GET','response':{'body':{'code':'gone.for-good'}}} | gone.for-good",
      "{'status':400,'method':'GET','response_body':'{\\'error\\':\\'invalid_grant\\'}'} | invalid_grant",
      "{'status':200,'method':'POST','responseBody':'{\\'errors\\':[{\\'extensions\\':{\\'code\\':\\'FORBIDDEN\\'}}]}'} | FORBIDDEN",
      "{'message':'GET /a 404 2ms','error':{'code':'GONE'}} | GONE",
      "status=404 method=GET error.code=GONE | GONE", "WARN lost error_code=GONE status=404 method=GET | GONE",
      "WARN GET /a 404 2ms errorCode=GONE | GONE",
      // Values that may name somebody or something are no codes, and a code without error is none.
      "{'status':404,'method':'GET','error':{'code':'jane@example.org'}} |",
      "{'status':404,'method':'GET','error':{'code':'9b2f3c1e-8d4a-4f6b-9a7e-1c2d3e4f5a6b'}} |",
      "{'status':404,'method':'GET','error':{'code':'4111111111111111'}} |",
      "{'status':404,'method':'GET','error':{'code':'0'}} |", "{'status':404,'method':'GET','code':'A1'} |",
      "{'status':200,'method':'GET','response':{'body':{'code':'A1'}}} | A1",
      "{'method':'GET','error':{'code':'GONE'}} |"})
  void readsCodes(String line, @Nullable String code) {
    assertThat(http(line).errorCode()).isEqualTo(Optional.ofNullable(code));
  }

  @ParameterizedTest
  @DisplayName("An answer with a status of success tells an error by its body or an error field")
  @ValueSource(strings = {"'error':'no such community'", "'error':true", "'error':{'message':'lost'}",
      "'err':'lost'", "'errors':[{'message':'lost'}]", "'response':{'body':{'success':false}}",
      "'response':{'ok':false}", "'response_body':'{\\'status\\':\\'error\\'}'",
      "'res':{'body':{'errors':[{'message':'lost'}]}}"})
  void tellsErrorsBehindSuccess(String field) {
    assertThat(http("{'status':200,'method':'GET'," + field + "}").errorTold()).isTrue();
  }

  @ParameterizedTest
  @DisplayName("Empty error fields, bodies of requests and words that may mean anything are no errors")
  @ValueSource(strings = {"'error':null", "'error':''", "'error':false", "'error':'-'", "'error':'None'", "'error':{}",
      "'errors':[]", "'error':{'code':0}", "'response':{'body':{'success':true,'error':null,'errors':[]}}",
      "'response':{'body':{'status':'ok','code':'A1'}}", "'body':'{\\'error\\':\\'lost\\'}'", "'success':false",
      "'status_text':'error'", "'message':'error rate is low'", "'request':{'body':{'error':'lost'}}",
      "'response_body':'{\\'error\\':'"})
  void tellsNoError(String field) {
    assertThat(http("{'status':200,'method':'GET'," + field + "}").errorTold()).isFalse();
    assertThat(http("status=200 method=GET error= err=nil msg=fine").errorTold()).isFalse();
  }

  @ParameterizedTest
  @DisplayName("A code is words and at most six digits, in 64 characters at most")
  @CsvSource({"A, true", "123456, true", "1234567, false", "A123.B456, true", "A123.B4567, false", "a-b_c.d:e/f, true",
      "A B, false", "A@B, false",
      "_A, false", "A_, true", "É, false"})
  void tellsCodes(String code, boolean accepted) {
    assertThat(HttpError.of(new Fields(Map.of("error_code", code))).code().isPresent()).isEqualTo(accepted);
  }

  @Test
  @DisplayName("A word of a code has 24 letters at most, and a code nine words and 64 characters")
  void boundsCodes() {
    var word = "x".repeat(24);

    assertThat(HttpError.of(new Fields(Map.of("error_code", word))).code()).hasValue(word);
    assertThat(HttpError.of(new Fields(Map.of("error_code", word + "x"))).code()).isEmpty();
    assertThat(HttpError.of(new Fields(Map.of("error_code", "a.b.c.d.e.f.g.h.i"))).code()).isPresent();
    assertThat(HttpError.of(new Fields(Map.of("error_code", "a.b.c.d.e.f.g.h.i.j"))).code()).isEmpty();
    assertThat(HttpError.of(new Fields(Map.of("error_code", word + "." + word + "." + "x".repeat(14)))).code())
        .isPresent();
    assertThat(HttpError.of(new Fields(Map.of("error_code", word + "." + word + "." + "x".repeat(15)))).code())
        .isEmpty();
  }

  @Test
  @DisplayName("Of two answers the first code counts, and either may tell the error")
  void unites() {
    var code = new HttpError(Optional.of("A"), false);

    assertThat(code.or(new HttpError(Optional.of("B"), true))).isEqualTo(new HttpError(Optional.of("A"), true));
    assertThat(HttpError.NONE.or(code)).isEqualTo(code);
    assertThat(new HttpError(Optional.empty(), true).or(HttpError.NONE))
        .isEqualTo(new HttpError(Optional.empty(), true));
    assertThat(HttpError.isKey("error_code")).isTrue();
    assertThat(HttpError.isKey("err")).isTrue();
    assertThat(HttpError.isKey("code")).isFalse();
  }

  @Test
  @DisplayName("A body is a text of JSON or nested fields, and not a field that only begins with its name")
  void findsBodies() {
    assertThat(HttpError.of(new Fields(Map.of("response.code", "GONE", "response.status", "error"))))
        .isEqualTo(new HttpError(Optional.of("GONE"), true));
    assertThat(HttpError.of(new Fields(Map.of("response.code", "GONE"))))
        .isEqualTo(new HttpError(Optional.of("GONE"), false));
    assertThat(HttpError.of(new Fields(Map.of("responses.code", "GONE", "response", "lost"))))
        .isEqualTo(HttpError.NONE);
    assertThat(HttpError.of(new Fields(Map.of("response_body", "{\"code\":\"A1\",\"ok\":false}"))))
        .isEqualTo(new HttpError(Optional.of("A1"), true));
  }

  private static LogRecord.Http http(String line) {
    var json = line.replace("\\'", "\\\"").replace('\'', '"');
    return Records.record(json).http();
  }
}
