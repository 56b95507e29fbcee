package dev.serin.operator.record;

import dev.serin.api.v1alpha1.AnalysisStatus;
import dev.serin.api.v1alpha1.AnalysisStatus.SignatureSummary;
import dev.serin.judge.Arm;
import dev.serin.judge.Evidence.SignatureEvidence;
import dev.serin.judge.Verdict;
import dev.serin.judge.VerdictSentence;
import dev.serin.operator.source.Sighting;
import dev.serin.signature.Signature;
import dev.serin.signature.SignatureId;
import dev.serin.signature.state.NoveltyFloor;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What helps people to find the cause of a trial's signatures: their texts, and when, where and to whom they happened.
/// Nothing is decided by it. Used by one reconcile at a time.
public final class Dossier {

  private static final int SUMMARIES = 50;
  /// Samples are long.
  private static final int SAMPLED = 10;

  private final Map<SignatureId, String> templates = new HashMap<>();
  private final Set<SignatureId> news = new HashSet<>();
  private final Map<SignatureId, SignatureSummary> recorded = new HashMap<>();

  /// What was seen of a signature on one arm in this process.
  public interface Sightings {
    Optional<Sighting> of(Arm arm, SignatureId signature);
  }

  private Dossier() {}

  /// Takes up what an Analysis tells.
  public static Dossier of(AnalysisSight analysis) {
    var dossier = new Dossier();
    analysis.spec().signatures().forEach(known -> dossier.templates.put(new SignatureId(known.id()), known.template()));
    analysis.status().signatures().forEach(seen -> {
      var signature = new SignatureId(seen.id());
      dossier.templates.put(signature, seen.template());
      dossier.recorded.put(signature, seen);
      if (seen.novel()) {
        dossier.news.add(signature);
      }
    });
    return dossier;
  }

  /// Learns the text of a signature.
  public void discovered(Signature signature) {
    templates.put(signature.id(), signature.template());
  }

  /// The text of a signature, its ID if it has none.
  public String template(SignatureId signature) {
    return templates.getOrDefault(signature, signature.value());
  }

  /// Signatures that became news, one sentence each: often enough on the canary, never on stable, and unknown before.
  ///
  /// @param canaryPods
  ///          pods that the canary has
  public List<String> news(List<SignatureEvidence> evidence, Sightings sightings, int canaryPods) {
    List<String> sentences = new ArrayList<>();
    for (var seen : evidence) {
      var signature = seen.observed().signature();
      if (seen.novel() && seen.observed().baselineEvents() == 0 && !news.contains(signature)) {
        sightings.of(Arm.CANARY, signature).filter(found -> isNews(seen, found, canaryPods)).ifPresent(found -> {
          news.add(signature);
          sentences.add("New on the canary, not on stable: " + VerdictSentence.quoted(template(signature)) + " ("
              + count(seen.observed().canaryEvents(), "event") + extent(found) + ").");
        });
      }
    }
    return List.copyOf(sentences);
  }

  private static boolean isNews(SignatureEvidence seen, Sighting found, int canaryPods) {
    return new NoveltyFloor(seen.observed().canaryEvents(), found.tenants(), found.pods().size(), found.windows())
        .reached(canaryPods, found.tenants() > 0);
  }

  private static String extent(Sighting found) {
    return " on " + count(found.pods().size(), "pod")
        + (found.tenants() > 0 ? ", from about " + count(found.tenants(), "tenant") : "");
  }

  /// Whom a regression hit, a sentence with a space before it; empty where records name no tenants.
  public String affected(Verdict verdict, Sightings sightings) {
    if (!(verdict instanceof Verdict.RollBack rollBack) || rollBack.suspects().isEmpty()) {
      return "";
    }
    return sightings.of(Arm.CANARY, rollBack.suspects().getFirst().signature()).filter(found -> found.tenants() > 0)
        .map(found -> " It hit about " + count(found.tenants(), "tenant") + " there"
            + (found.mostHit().isEmpty() ? "" : ", " + found.mostHit().getFirst() + " most") + ".")
        .orElse("");
  }

  /// The signatures with the strongest evidence, strongest first. What an earlier process saw is kept where it is more.
  public List<SignatureSummary> summaries(List<SignatureEvidence> evidence, Sightings sightings) {
    var strongest = evidence.stream().sorted(Comparator.comparingDouble(SignatureEvidence::logE).reversed())
        .limit(SUMMARIES).toList();
    List<SignatureSummary> summaries = new ArrayList<>();
    for (var seen : strongest) {
      var signature = seen.observed().signature();
      var before = recorded.get(signature);
      boolean sampled = summaries.size() < SAMPLED;
      summaries.add(SignatureSummary.of(signature.value(), template(signature), seen.observed().canaryEvents(),
          seen.observed().baselineEvents(), seen.logE(), news.contains(signature),
          written(sightings.of(Arm.CANARY, signature), before == null ? null : before.canary(), sampled),
          written(sightings.of(Arm.BASELINE, signature), before == null ? null : before.baseline(), sampled)));
    }
    return List.copyOf(summaries);
  }

  private static AnalysisStatus.@Nullable Sighting written(Optional<Sighting> found,
      AnalysisStatus.@Nullable Sighting before, boolean sampled) {
    if (found.isEmpty()) {
      return before;
    }
    Sighting now = found.get();
    Long tenants = now.tenants() == 0 ? null : Long.valueOf(now.tenants());
    List<String> samples = sampled ? now.samples() : List.of();
    if (before == null) {
      return new AnalysisStatus.Sighting(now.firstSeen(), now.lastSeen(), now.pods().size(), tenants, now.mostHit(),
          samples);
    }
    Instant first = before.firstSeen() != null && before.firstSeen().isBefore(now.firstSeen())
        ? before.firstSeen()
        : now.firstSeen();
    return new AnalysisStatus.Sighting(first, now.lastSeen(), Math.max(before.pods(), now.pods().size()),
        larger(before.tenants(), tenants), now.mostHit().isEmpty() ? before.mostHit() : now.mostHit(), samples);
  }

  private static @Nullable Long larger(@Nullable Long one, @Nullable Long other) {
    return one == null ? other : other == null ? one : Long.valueOf(Math.max(one, other));
  }

  private static String count(long number, String noun) {
    return String.format(Locale.ROOT, "%,d %s%s", number, noun, number == 1 ? "" : "s");
  }
}
