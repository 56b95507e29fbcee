package dev.serin.operator.record;

import dev.serin.api.v1alpha1.AnalysisStatus;
import dev.serin.api.v1alpha1.AnalysisStatus.SignatureSummary;
import dev.serin.judge.Arm;
import dev.serin.judge.Evidence.SignatureEvidence;
import dev.serin.judge.Verdict;
import dev.serin.judge.VerdictSentence;
import dev.serin.judge.Window;
import dev.serin.judge.rewording.Rewording;
import dev.serin.operator.source.Sighting;
import dev.serin.signature.Family;
import dev.serin.signature.Likeness;
import dev.serin.signature.Signature;
import dev.serin.signature.SignatureId;
import dev.serin.signature.merge.FirstOfKind;
import dev.serin.signature.state.NoveltyFloor;
import dev.serin.signature.text.SampleWriter;
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

/// What is known of a trial's signatures beside their evidence: their texts and old names, and what helps people to find the cause,
/// as when, where and to whom they happened. Used by one reconcile at a time.
public final class Dossier {

  private static final int SUMMARIES = 50;
  /// Samples are long.
  private static final int SAMPLED = 10;
  private static final int PLACE = 160;
  private static final int MOST_NEWS = 5;

  private final Map<SignatureId, String> templates = new HashMap<>();
  private final Map<SignatureId, Signature> seen = new HashMap<>();
  private final OldNames oldNames = new OldNames();
  private final List<News> untold = new ArrayList<>();
  private final Set<SignatureId> news = new HashSet<>();
  private final Map<SignatureId, SignatureSummary> recorded = new HashMap<>();

  /// What was seen of a signature on one arm in this process.
  public interface Sightings {
    Optional<Sighting> of(Arm arm, SignatureId signature);
  }

  /// What people are told once.
  ///
  /// @param reason
  ///          one CamelCase word
  /// @param sentence
  ///          with the numbers
  public record News(String reason, String sentence) {}

  private Dossier() {}

  /// Takes up what an Analysis tells.
  public static Dossier of(AnalysisSight analysis) {
    var dossier = new Dossier();
    analysis.spec().signatures().forEach(known -> dossier.templates.put(new SignatureId(known.id()), known.template()));
    analysis.status().signatures().forEach(summary -> {
      var signature = new SignatureId(summary.id());
      dossier.templates.put(signature, summary.template());
      dossier.recorded.put(signature, summary);
      if (summary.novel()) {
        dossier.news.add(signature);
      }
    });
    analysis.status().renames()
        .forEach(rename -> dossier.oldNames.put(new SignatureId(rename.id()), new SignatureId(rename.formerly())));
    return dossier;
  }

  /// Learns the text of a signature.
  public void discovered(Signature signature) {
    templates.put(signature.id(), signature.template());
    seen.put(signature.id(), signature);
  }

  /// The text of a signature, its ID if it has none.
  public String template(SignatureId signature) {
    return templates.getOrDefault(signature, signature.value());
  }

  /// How alike two signatures of one place are. Troubles of containers differ by names, not by words.
  public double likeness(SignatureId gone, SignatureId appeared) {
    var old = seen.get(gone);
    var found = seen.get(appeared);
    if (old == null || found == null) {
      return 0;
    }
    boolean kin = !old.folded() && !found.folded() && !old.levels().isEmpty() && old.family() == found.family()
        && old.family() != Family.K8S && old.levels().equals(found.levels())
        && Likeness.alike(old.template(), found.template());
    return kin ? Likeness.of(old.template(), found.template()) : 0;
  }

  /// A signature turned out to be an old one in other words: from the next window on it counts as that.
  ///
  /// @return whether that could be noted
  public boolean renamed(Rewording.Renamed found) {
    if (!oldNames.put(found.appeared(), found.gone())) {
      return false;
    }
    untold.add(new News("RenamedSignature", "Stable's " + VerdictSentence.quoted(template(found.gone()))
        + " seems to be called " + VerdictSentence.quoted(template(found.appeared()))
        + " on the canary, where it is as frequent. From now on both count as one."));
    return true;
  }

  /// The window with each renamed signature under its old name.
  public Window underOldNames(Window window) {
    return oldNames.under(window);
  }

  /// What an Analysis has to keep of that.
  public List<AnalysisStatus.Rename> renames() {
    return oldNames.all().entrySet().stream()
        .map(name -> new AnalysisStatus.Rename(name.getKey().value(), name.getValue().value())).toList();
  }

  /// As `404 GET /communities/{}`, a chain of exceptions, the level of a record, or that a container was started again. A logger is not shown: where a record has
  /// another form than it seems, any word may be taken for one.
  private static String place(Signature signature) {
    return switch (signature.family()) {
      case HTTP, EXC -> signature.levels().isEmpty() ? "" : shortened(signature.levels().getLast());
      case LOG, K8S -> signature.levels().isEmpty() ? "" : signature.levels().getFirst();
      case NAMED -> signature.name().orElse("");
    };
  }

  private static String shortened(String place) {
    return place.length() <= PLACE ? place : place.substring(0, PLACE - 1) + "…";
  }

  /// What people have not been told yet: signatures in other words, and those that are often enough on the canary, never on
  /// stable, and unknown before. A trial has few such sentences; after the fifth new signature none is news.
  ///
  /// @param canaryPods
  ///          pods that the canary has
  public List<News> news(List<SignatureEvidence> evidence, Sightings sightings, int canaryPods) {
    for (var past : evidence) {
      var signature = past.observed().signature();
      if (past.novel() && past.observed().baselineEvents() == 0 && news.size() < MOST_NEWS
          && !news.contains(signature)) {
        sightings.of(Arm.CANARY, signature).filter(found -> isNews(past, found, canaryPods)).ifPresent(found -> {
          news.add(signature);
          untold.add(new News("NovelSignature", "New on the canary, not on stable: "
              + VerdictSentence.quoted(template(signature)) + " (" + count(past.observed().canaryEvents(), "event")
              + extent(found) + placed(signature) + ")."));
        });
      }
    }
    return List.copyOf(untold);
  }

  /// They have been told.
  public void told() {
    untold.clear();
  }

  private String placed(SignatureId signature) {
    var known = seen.get(signature);
    return known == null || place(known).isEmpty() ? "" : "; " + VerdictSentence.shown(place(known));
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
    return sightings.of(Arm.CANARY, nameOnCanary(rollBack.suspects().getFirst().signature(), sightings))
        .filter(found -> found.tenants() > 0)
        .map(found -> " On the canary it hit about " + count(found.tenants(), "tenant")
            + (found.mostHit().isEmpty() ? "" : ", " + found.mostHit().getFirst() + " most") + ".")
        .orElse("");
  }

  /// The signatures with the strongest evidence, strongest first. What an earlier process saw is kept where it is more.
  public List<SignatureSummary> summaries(List<SignatureEvidence> evidence, Sightings sightings) {
    var strongest = evidence.stream().sorted(Comparator.comparingDouble(SignatureEvidence::logE).reversed())
        .limit(SUMMARIES).toList();
    List<SignatureSummary> summaries = new ArrayList<>();
    for (var past : strongest) {
      var signature = past.observed().signature();
      var before = recorded.get(signature);
      boolean sampled = summaries.size() < SAMPLED;
      var known = seen.get(signature);
      var onCanary = nameOnCanary(signature, sightings);
      summaries.add(SignatureSummary.of(signature.value(), template(signature), past.observed().canaryEvents(),
          past.observed().baselineEvents(), past.logE())
          .at(known != null ? FirstOfKind.node(known).orElse(null) : before == null ? null : before.placeHash()).told(
              known != null ? place(known) : before == null ? null : before.place(),
              news.contains(signature),
              written(sightings.of(Arm.CANARY, onCanary), before == null ? null : before.canary(), onCanary, sampled),
              written(sightings.of(Arm.BASELINE, signature), before == null ? null : before.baseline(), signature,
                  sampled)));
    }
    return List.copyOf(summaries);
  }

  /// On the canary a renamed signature was seen under its new name.
  private SignatureId nameOnCanary(SignatureId signature, Sightings sightings) {
    return sightings.of(Arm.CANARY, signature).isPresent()
        ? signature
        : oldNames.all().entrySet().stream().filter(name -> name.getValue().equals(signature)).map(Map.Entry::getKey)
            .findFirst().orElse(signature);
  }

  private AnalysisStatus.@Nullable Sighting written(Optional<Sighting> found,
      AnalysisStatus.@Nullable Sighting before, SignatureId name, boolean sampled) {
    if (found.isEmpty()) {
      return before;
    }
    Sighting now = found.get();
    Long tenants = now.tenants() == 0 ? null : Long.valueOf(now.tenants());
    List<String> recordedSamples = before == null ? List.of() : before.samples();
    List<String> samples = sampled ? samples(now, seen.get(name), recordedSamples) : List.of();
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

  /// Without the names that others of its kind have shown to be names. What no closed window told of is not shown yet.
  private static List<String> samples(Sighting found, @Nullable Signature signature, List<String> before) {
    if (signature == null) {
      return before;
    }
    return FirstOfKind.node(signature).isEmpty()
        ? found.samples()
        : found.samples().stream().map(sample -> SampleWriter.withoutNames(sample, signature.template())).distinct()
            .toList();
  }

  private static @Nullable Long larger(@Nullable Long one, @Nullable Long other) {
    return one == null ? other : other == null ? one : Long.valueOf(Math.max(one, other));
  }

  private static String count(long number, String noun) {
    return String.format(Locale.ROOT, "%,d %s%s", number, noun, number == 1 ? "" : "s");
  }
}
