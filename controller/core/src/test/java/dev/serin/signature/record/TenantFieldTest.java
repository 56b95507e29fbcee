package dev.serin.signature.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TenantFieldTest {

  private static final TenantField USUAL = new TenantField(List.of());

  @ParameterizedTest
  @DisplayName("A pair in a text names the tenant, wherever it stands and whatever ends it")
  @ValueSource(strings = {"tenant=acme", "boom tenant=acme", "tenant=acme, x", "(tenant=acme)", "[tenant=acme]",
      "tenant=acme;x",
      "tenant=acme'", "tenant=acme\tx", "x=1 tenant=acme", "a= tenant=acme", "tenant=\"acme\"", "tenant=\"acme\" x",
      "x-tenant-id=acme",
      "Tenant_Id=acme", "=tenant=acme", "tenant= org=acme", "tenant=\"\" org=acme", "ätenant=acme"})
  void findsPairs(String message) {
    assertThat(USUAL.of(message)).hasValue("acme");
  }

  @ParameterizedTest
  @DisplayName("Other keys, empty values and quotes without an end name nobody")
  @ValueSource(strings = {"tenant=", "tenant=\"\"", "tenant=\"acme", "xtenant=acme", "tenants=acme", "tenant.x=acme",
      "long-x-tenant-id=acme", "=acme", "tenant: acme", "tenant", "tenant=\" x"})
  void findsNoPairs(String message) {
    assertThat(USUAL.of(message)).isEmpty();
  }

  @Test
  @DisplayName("Quoted names may have spaces, and a name has 128 characters at most")
  void boundsNames() {
    assertThat(USUAL.of("tenant=\"Acme (old), Ltd\"")).hasValue("Acme (old), Ltd");
    assertThat(USUAL.of("tenant=" + "x".repeat(128))).hasValue("x".repeat(128));
    assertThat(USUAL.of("tenant=" + "x".repeat(129))).hasValue("x".repeat(128));
    assertThat(USUAL.of("tenant=\"" + "x".repeat(128) + "\"")).hasValue("x".repeat(128));
    assertThat(USUAL.of("tenant=\"" + "x".repeat(129) + "\"")).isEmpty();
    assertThat(USUAL.of(new Fields(Map.of("tenant", "x".repeat(128))), "")).hasValue("x".repeat(128));
    assertThat(USUAL.of(new Fields(Map.of("tenant", "x".repeat(129))), "")).isEmpty();
    assertThat(USUAL.of(new Fields(Map.of("tenant", " acme ")), "org=x")).hasValue("acme");
  }

  @ParameterizedTest
  @DisplayName("A name is hidden as a whole word, in any case, as often as it stands there, and parts of words stay")
  @CsvSource({"acme, *", "Acme is acme, * is *", "(ACME), (*)", "acme-acme, *-*", "acmeacme, acmeacme", "xacme, xacme",
      "acme7, acme7",
      "7acme, 7acme", "acmeé, acmeé", "no one, no one", "a, a", "acm, acm", "is acme, is *", "acme acme acme, * * *",
      "'', ''"})
  void hides(String text, String hidden) {
    assertThat(TenantField.hidden(text, "acme", "*")).isEqualTo(hidden);
  }

  @ParameterizedTest
  @DisplayName("A name tells something from three letters on, unless it is an everyday word")
  @CsvSource({"acm, true", "ac, false", "order, false", "globex, true"})
  void tells(String name, boolean telling) {
    assertThat(TenantField.isTelling(name)).isEqualTo(telling);
  }

  @ParameterizedTest
  @DisplayName("A named field stands in a text as a pair, with a colon or in JSON, and ends where its value does")
  @CsvSource(delimiter = '|', quoteCharacter = '`', value = {"key=acme | acme", "key: acme | acme",
      "x {\"key\":\"acme\"} | acme",
      "x [key=acme] | acme", "KEY=acme,x | acme", "key = acme |", "xkey=acme |", "x.key=acme |", "key |", "key= |",
      "key=\" |", "keyx=1 key=acme | acme", "key=x | x", "a key=x | x", "key\"=acme | acme", "key\" |", "ékey=acme |",
      "a:key=acme | acme"})
  void findsNamedPairs(String message, @Nullable String tenant) {
    assertThat(of(new TenantSource.Field("key"), Map.of(), message)).isEqualTo(Optional.ofNullable(tenant));
  }

  @ParameterizedTest
  @DisplayName("A segment is counted behind the host, up to query and fragment; one that is empty or a parameter names nobody")
  @CsvSource({"/a/acme, acme", "/a/acme/b, acme", "/a/acme?b=/c/d, acme", "/a/acme#b, acme",
      "https://h.org/a/acme, acme",
      "https://h.org, ", "/a, ", "/a/, ", "/a//b, ", "/a/{id}, ", "/a/:id, ", "/a/<id>, ", "/a/*, ", "a/acme, ",
      "x/a/acme, acme"})
  void findsSegments(String path, @Nullable String tenant) {
    assertThat(of(new TenantSource.Segment(2), Map.of("path", path), "")).isEqualTo(Optional.ofNullable(tenant));
  }

  @ParameterizedTest
  @DisplayName("A tenant's label stands directly before the domain, without port, in any case")
  @CsvSource({"acme.shop.org, acme", "x.acme.shop.org, acme", "acme.SHOP.org:80, acme", "shop.org, ", "acmeshop.org, ",
      "acme.shop.com, ",
      ".shop.org, "})
  void findsLabels(String host, @Nullable String tenant) {
    var source = new TenantSource.Subdomain("Shop.org");

    assertThat(of(source, Map.of("host", host), "")).isEqualTo(Optional.ofNullable(tenant));
    assertThat(of(source, Map.of("url", "http://" + host + "/a/b"), "")).isEqualTo(Optional.ofNullable(tenant));
    assertThat(of(source, Map.of("url", host), "")).isEmpty();
  }

  @Test
  @DisplayName("Sources are asked in their order, and the first that names a tenant wins")
  void prefersTheFirst() {
    var sources = new TenantField(List.of(new TenantSource.Field("a"), new TenantSource.Header("b")));

    assertThat(sources.of(new Fields(Map.of("b", "two", "mdc.a", "one")), "")).hasValue("one");
    assertThat(sources.of(new Fields(Map.of("b", "two")), "a=one")).hasValue("one");
    assertThat(sources.of(new Fields(Map.of("req.headers.b", "two", "a", " ")), "")).hasValue("two");
    assertThat(sources.of(new Fields(Map.of("tenant", "three")), "")).isEmpty();
  }

  @Test
  @DisplayName("Names of sources have 1 to 128 characters, segments are 1 to 32")
  void boundsSources() {
    assertThatCode(() -> new TenantSource.Field("🐤".repeat(128))).doesNotThrowAnyException();
    assertThatIllegalArgumentException().isThrownBy(() -> new TenantSource.Header("🐤".repeat(129)))
        .withMessage("name must have 1 to 128 characters, had 129");
    assertThatIllegalArgumentException().isThrownBy(() -> new TenantSource.Subdomain(""))
        .withMessage("name must have 1 to 128 characters, had 0");
    assertThat(List.of(new TenantSource.Segment(1), new TenantSource.Segment(32)))
        .extracting(TenantSource.Segment::number)
        .containsExactly(1, 32);
    assertThatIllegalArgumentException().isThrownBy(() -> new TenantSource.Segment(33))
        .withMessage("segment must be 1..32, was 33");
  }

  private static Optional<String> of(TenantSource source, Map<String, String> fields, String message) {
    return new TenantField(List.of(source)).of(new Fields(fields), message);
  }
}
