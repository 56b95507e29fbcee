package dev.serin.signature.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// The short lists of words that the canonicaliser's steps ask for. ASCII case is ignored. They are part of the
/// algorithm's version.
enum WordList {
  /// Keys whose value stays, because it tells kinds of events apart.
  KEEP(1, """
      msg message error err reason cause exception level lvl severity logger caller code status method op operation
      component event type kind state result action"""), UNIT(1 << 1,
      """
          b kb mb gb tb kib mib gib byte bytes bits ns us ms s sec secs second seconds m min mins minute minutes h hour hours
          day days hz mhz ghz kbps mbps % percent"""),
  /// Months, weekdays, and the zones that Unix prints beside a time.
  CALENDAR(1 << 2, """
      jan feb mar apr may jun jul aug sep oct nov dec january february march april june july august september october
      november december mon tue wed thu fri sat sun monday tuesday wednesday thursday friday saturday sunday
      utc gmt pst pdt mst mdt cst cdt est edt bst cet cest"""),
  /// Endings of host names.
  DOMAIN(1 << 3,
      """
          com net org edu gov mil int io co info biz name tv me asia arpa local localdomain internal lan svc us uk cn hk tw jp
          kr de fr ru it nl pl br in au ca eu cc gr cz es se ch at be dk fi no pt ro hu il tr mx ar cl za nz sg my th vn id ph
          ir pk ua by kz"""),
  /// Endings that are also English words or names of fields: `user.id` is no host.
  DOUBTFUL_DOMAIN(1 << 4, "id name info in it no at be by me my"),
  /// What follows names a tenant.
  TENANT(1 << 5, scopes()),
  /// What follows is secret.
  SECRET(1 << 6,
      """
          bearer password passwd pwd passphrase secret token access_token accesstoken refresh_token refreshtoken client_secret
          clientsecret authorization apikey api_key api-key api.key accesskey access_key access-key access.key secretkey
          secret_key secret-key secret.key privatekey private_key private-key private.key"""),
  /// What follows behind a colon or equals sign is secret. So is it for any name whose last part, or last two, are here or in
  /// [#SECRET]: `Proxy-Authorization`, `DB_PASSWORD`, `db.password`, `awsSecretKey`.
  CREDENTIAL(1 << 9, "x-functions-key x-auth-key cookie pass passcode pgpassword jwt credentials"),
  /// Stands before the secret itself in the value of `Authorization`.
  SCHEME(1 << 10, "bearer basic digest token apikey api-key jwt negotiate ntlm"),
  /// May stand between a tenant word and the tenant's name.
  BETWEEN(1 << 7, "with id ids name slug named called key"),
  /// A three-digit number after it is an HTTP status.
  STATUS(1 << 8, """
      status code returned statuscode status_code http_status httpstatus http.status http_code httpcode response_code
      responsecode""");

  final Set<String> words;
  /// The list among others, in the answers of [WordLists].
  final int bit;

  WordList(int bit, String text) {
    this.bit = bit;
    words = Set.copyOf(split(text));
  }

  static List<String> split(String text) {
    return List.of(text.strip().split("\\s+"));
  }

  private static String scopes() {
    List<String> scopes = new ArrayList<>();
    for (var ending : List.of("", "id", "_id", "-id")) {
      for (var scope : split(
          "tenant community org organization organisation workspace account customer user session")) {
        scopes.add(scope + ending);
      }
    }
    return String.join(" ", scopes);
  }
}
