package dev.serin.signature.tenant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.serin.signature.record.LogLine;
import dev.serin.signature.record.LogRecord;
import dev.serin.signature.record.RecordAssembler;
import dev.serin.signature.record.Records;
import dev.serin.signature.record.TenantSource;
import dev.serin.signature.text.WildcardTemplate;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TenantTest {

  private static final TenantKey KEY = new TenantKey("0123456789abcdef".getBytes(StandardCharsets.US_ASCII));

  @Test
  @DisplayName("A tenant is the first 64 bits of its name's HMAC-SHA256, for keys of any length")
  void isHmac() {
    // Python 3: hmac.new(key, b"acme", "sha256").hexdigest()[:16] with key = b"0123456789abcdef" and key = b"k" * 100
    assertThat(Long.toHexString(KEY.tenant("acme").hash())).isEqualTo("42dd7a21e34198f4");
    assertThat(
        Long.toHexString(new TenantKey("k".repeat(100).getBytes(StandardCharsets.US_ASCII)).tenant("acme").hash()))
        .isEqualTo("2284d9b3e6763cfb");
    assertThat(KEY.tenant("acme")).hasToString("t-42dd7a");
    assertThatIllegalArgumentException().isThrownBy(() -> new TenantKey(new byte[15]))
        .withMessage("a tenant key has at least 16 bytes, had 15");
  }

  @Test
  @DisplayName("A key of one block is taken as it is, and the name of a key tells keys apart")
  void namesKeys() {
    // Python 3: hmac.new(b"k" * 64, b"acme", "sha256").hexdigest()[:16], and with b"\0key" in place of b"acme" and [:8]
    var block = new TenantKey("k".repeat(64).getBytes(StandardCharsets.US_ASCII));

    assertThat(block.tenant("acme").text()).isEqualTo("f19883141363e223");
    assertThat(block.id()).isEqualTo("00095711");
    assertThat(KEY.id()).isEqualTo("11ad2850");
  }

  @Test
  @DisplayName("A tenant's hash is written in full with sixteen digits, and in displays with six; tenants are in its unsigned order")
  void showsHashes() {
    var small = new Tenant(0x0a0b_0c0d_0e0f_0102L);
    var large = new Tenant(-1);

    assertThat(small.text()).isEqualTo("0a0b0c0d0e0f0102");
    assertThat(small).hasToString("t-0a0b0c").isLessThan(large).isEqualByComparingTo(small);
    assertThat(large).hasToString("t-ffffff").isGreaterThan(small);
  }

  @ParameterizedTest
  @DisplayName("The tenant is found in JSON, logfmt, the MDC or a pair in the text")
  @ValueSource(strings = {"{\"level\":\"error\",\"tenantId\":\"acme\",\"message\":\"boom\"}",
      "{\"level\":\"error\",\"mdc\":{\"communityId\":\"acme\"},\"message\":\"boom\"}",
      "level=error tenant_id=acme msg=boom", "ERROR shop.Api - boom org=acme", "ERROR boom tenant=\"acme\", x=1",
      "{\"msg\":\"boom X-Tenant-Id=acme\"}"})
  void finds(String line) {
    assertThat(Records.record(line).tenant()).as(line).hasValue("acme");
  }

  @ParameterizedTest
  @DisplayName("The tenant is found where the user says: field, header, segment of the path, label of the host, template of the message")
  @MethodSource("sources")
  void findsByTheUsersSource(TenantSource source, String line) {
    assertThat(tenant(source, line)).as("%s in %s", source, line).hasValue("acme");
    assertThat(tenant(source, line.replace("acme", ""))).isEmpty();
  }

  static Stream<Arguments> sources() {
    return Stream.of(
        Map.entry(new TenantSource.Field("Customer.Key"), List.of("{\"customer\":{\"key\":\"acme\"},\"org\":\"x\"}",
            "{\"mdc\":{\"customer.key\":\"acme\"}}", "level=error customer.key=acme msg=boom",
            "ERROR boom customer.key=acme", "ERROR boom Customer.Key: \"acme\", x")),
        Map.entry(new TenantSource.Header("X-Shop"), List.of("{\"req\":{\"headers\":{\"x-shop\":\"acme\"}}}",
            "{\"http\":{\"request\":{\"header\":{\"x-shop\":[\"acme\"]}}}}", "{\"http_x_shop\":\"acme\"}",
            "ERROR boom [X-Shop: acme]", "WARN GET /a 404 2ms x-shop=acme")),
        Map.entry(new TenantSource.Segment(2), List.of("{\"status\":404,\"path\":\"/communities/acme/posts?x=1\"}",
            "WARN GET /communities/acme 404 2ms", "WARN lost status=404 path=/communities/acme",
            "{\"route\":\"/c/{id}\",\"url\":\"https://example.org/c/acme\"}")),
        Map.entry(new TenantSource.Subdomain("example.org"), List.of("{\"host\":\"acme.Example.org:443\"}",
            "{\"request\":{\"headers\":{\"host\":\"api.acme.example.org\"}}}",
            "WARN GET https://acme.example.org/a 404 2ms", "{\"url\":\"https://acme.example.org/x\"}")),
        Map.entry(new TenantSource.Template(WildcardTemplate.parse("Community * not found")),
            List.of("ERROR shop.Api : Community acme not found",
                "{\"org\":\"x\",\"msg\":\"Community acme not found\"}")))
        .flatMap(source -> source.getValue().stream().map(line -> Arguments.of(source.getKey(), line)));
  }

  @ParameterizedTest
  @DisplayName("What only looks like the user's source names no tenant, and the usual fields do not count beside it")
  @ValueSource(strings = {"{\"org\":\"acme\"}", "ERROR xcustomer=acme", "ERROR customer",
      "{\"host\":\"badexample.org\"}",
      "{\"host\":\"example.org\"}", "{\"path\":\"/communities\"}", "{\"path\":\"/communities/{id}\"}",
      "{\"path\":\"/communities/:id\"}", "ERROR no request at /x/acme", "ERROR Community acme was lost"})
  void findsNothingElse(String line) {
    for (var source : List.of(new TenantSource.Field("customer"), new TenantSource.Header("customer"),
        new TenantSource.Segment(2), new TenantSource.Subdomain("example.org"),
        new TenantSource.Template(WildcardTemplate.parse("Community * not found")))) {
      assertThat(tenant(source, line)).as("%s", source).isEmpty();
    }
  }

  @Test
  @DisplayName("A source without a name, or a segment that no path has, is refused")
  void refusesSources() {
    assertThatIllegalArgumentException().isThrownBy(() -> new TenantSource.Field(" "))
        .withMessage("name must have 1 to 128 characters, had 1");
    assertThatIllegalArgumentException().isThrownBy(() -> new TenantSource.Segment(0))
        .withMessage("segment must be 1..32, was 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TenantSource.Template(WildcardTemplate.parse("Community not found")))
        .withMessage("template must have a * where the tenant stands, was 'Community not found'");
  }

  @Test
  @DisplayName("A tenant that a template names is masked in the message, so that all tenants' trouble has one signature")
  void masksWhatATemplateNames() {
    var source = new TenantSource.Template(WildcardTemplate.parse("Community * cannot be read: *"));

    assertThat(List.of("Community alpha cannot be read: lost alpha", "Community flowers cannot be read: lost flowers"))
        .extracting(line -> record(source, line).message()).containsOnly("Community <*> cannot be read: lost <*>");
  }

  private static Optional<String> tenant(TenantSource source, String line) {
    return record(source, line).tenant();
  }

  private static LogRecord record(TenantSource source, String line) {
    var assembler = new RecordAssembler(List.of(source));
    return Stream.concat(assembler.accept(new LogLine(Instant.EPOCH, line)).stream(), assembler.flush().stream())
        .findFirst().orElseThrow();
  }

  @ParameterizedTest
  @DisplayName("A record that names no tenant has none")
  @ValueSource(strings = {"ERROR boom", "ERROR myorg=acme", "{\"level\":\"error\",\"tenant\":\"\"}",
      "ERROR Community not found"})
  void findsNone(String line) {
    assertThat(Records.record(line).tenant()).as(line).isEmpty();
  }
}
