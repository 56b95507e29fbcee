package dev.serin.operator.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.serin.api.v1alpha1.AnalysisPolicy;
import dev.serin.api.v1alpha1.AnalysisSpec;
import dev.serin.api.v1alpha1.AnalysisStatus;
import dev.serin.api.v1alpha1.Family;
import dev.serin.api.v1alpha1.Severity;
import dev.serin.signature.SignatureId;
import dev.serin.signature.record.TenantSource;
import dev.serin.signature.text.WildcardTemplate;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class FrozenTest {

  private static final String PLACE = "0123456789abcdef";

  @Test
  @DisplayName("Tenants are looked for in the order of the fields, and in the usual places where the Rollout says nothing")
  void tenants() {
    var policy = Serialization.unmarshal(
        """
            tenant: {fromTemplate: "Community * not found", fromPathSegment: 2, fromField: shop, fromSubdomainOf: example.org, fromHeader: X-Shop}
            """,
        AnalysisPolicy.class);

    assertThat(Frozen.tenants(AnalysisSpec.Logs.of(policy, "0a1b2c3d"))).containsExactly(new TenantSource.Field("shop"),
        new TenantSource.Header("X-Shop"), new TenantSource.Segment(2), new TenantSource.Subdomain("example.org"),
        new TenantSource.Template(WildcardTemplate.parse("Community * not found")));
    assertThat(Frozen.tenants(AnalysisSpec.Logs.DEFAULT)).isEmpty();
  }

  @Test
  @DisplayName("Kinds of the burn-in come first, with what was learned of them since, then those of the trial in the order of their IDs")
  void groups() {
    var spec = Serialization.unmarshal("{}", AnalysisSpec.class);
    spec = new AnalysisSpec(spec.rolloutRef(), spec.revision(), spec.candidateSince(), spec.stableRevision(), "", "",
        "", 1,
        spec.onInconclusive(), "", "", spec.exposureKind(), spec.logs(), null, List.of(),
        List.of(known("s1-z", "Mailbox of kschmidt lost", PLACE), known("s1-y", "Error: lost", null)));
    var status = new AnalysisStatus(null, null, null, null, null, List.of(found("s1-b", "Door of <*> is open"),
        found("s1-z", "Mailbox of <*> lost"), found("s1-a", "Window of house is open")), List.of(), null, null);

    assertThat(Frozen.groups(spec, status))
        .extracting(kind -> kind.id().value(), kind -> kind.node(), kind -> kind.template())
        .containsExactly(tuple("s1-z", Optional.of(PLACE), "Mailbox of <*> lost"),
            tuple("s1-y", Optional.empty(), "Error: lost"),
            tuple("s1-a", Optional.of(PLACE), "Window of house is open"),
            tuple("s1-b", Optional.of(PLACE), "Door of <*> is open"));
    assertThat(Frozen.byTenant(spec)).containsExactly(new SignatureId("s1-y"));
  }

  private static AnalysisSpec.KnownSignature known(String id, String template, @Nullable String place) {
    return new AnalysisSpec.KnownSignature(id, template, place, Family.LOG, Severity.NORMAL, "1.0", true, 3,
        id.endsWith("y"));
  }

  private static AnalysisStatus.SignatureSummary found(String id, String template) {
    return AnalysisStatus.SignatureSummary.of(id, template, 1, 1, 0).at(PLACE);
  }
}
