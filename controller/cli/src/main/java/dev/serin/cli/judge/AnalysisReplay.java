package dev.serin.cli.judge;

import dev.serin.api.v1alpha1.Analysis;
import dev.serin.api.v1alpha1.AnalysisStatus;
import dev.serin.api.v1alpha1.VerdictType;
import dev.serin.cli.input.InputException;
import dev.serin.judge.Arm;
import dev.serin.judge.Evidence;
import dev.serin.judge.EvidenceSnapshot;
import dev.serin.judge.Judge;
import dev.serin.judge.PodCounts;
import dev.serin.judge.Policy;
import dev.serin.judge.Verdict;
import dev.serin.judge.VerdictSentence;
import dev.serin.judge.Window;
import dev.serin.operator.record.Frozen;
import dev.serin.operator.record.Rulings;
import dev.serin.rollout.Reason;
import dev.serin.signature.SignatureId;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Judges the last window of a stored Analysis again, from the policy and the evidence that stand in it.
///
/// @param lines
///          what was found, for people
/// @param reproduced
///          whether verdict, sentence and numbers follow from policy and evidence
record AnalysisReplay(List<String> lines, boolean reproduced) {

  /// Replays the text of an Analysis, as `kubectl get -o yaml` or `-o json` writes it.
  ///
  /// @throws InputException
  ///           if it is no Analysis, or one without a verdict
  static AnalysisReplay of(String text) {
    Analysis analysis = read(text);
    AnalysisStatus status = analysis.getStatus() == null ? AnalysisStatus.EMPTY : analysis.getStatus();
    AnalysisStatus.Verdict stored = status.verdict();
    if (stored == null || status.evidence() == null || stored.window() == null || stored.at() == null) {
      throw new InputException("has no verdict with evidence yet: there is nothing to replay");
    }
    List<String> lines = new ArrayList<>();
    lines.add("Analysis " + name(analysis) + ", window " + stored.window() + " at " + stored.at());
    lines.add("stored:   " + line(stored.type(), Objects.requireNonNullElse(stored.reason(), ""),
        Objects.requireNonNullElse(stored.message(), "")));
    List<String> differences = new ArrayList<>();
    try {
      replay(analysis, status, stored, lines, differences);
    } catch (IllegalArgumentException e) {
      differences.add("it cannot be judged again: " + e.getMessage());
    }
    differences.forEach(difference -> lines.add("differs:  " + difference));
    lines.add(differences.isEmpty()
        ? "The stored verdict is reproduced from policy and evidence."
        : "The stored verdict is NOT reproduced.");
    return new AnalysisReplay(lines, differences.isEmpty());
  }

  /// What the operator adds, which counts do not tell: whose log was not whole, how many tenants were hit.
  private static final Pattern ADDED = Pattern.compile(
      "( The log of pod .{1,600}[.]| No pod was ready all the time[.]| On the canary it hit about [0-9,]+ tenants?"
          + "(, t-[0-9a-f]{6} most)?[.])?");

  private static void replay(Analysis analysis, AnalysisStatus status, AnalysisStatus.Verdict stored,
      List<String> lines, List<String> differences) {
    Policy policy = Frozen.policy(analysis.getSpec());
    if (!policy.configHash().equals(analysis.getSpec().configHash())) {
      differences.add("the policy has the hash " + policy.configHash() + ", recorded is "
          + analysis.getSpec().configHash());
    }
    Evidence evidence = Evidence.of(EvidenceSnapshot.parse(Objects.requireNonNull(status.evidence())), policy);
    compareCounts(status, evidence, differences);
    Verdict verdict = verdict(status, stored, evidence, policy);
    Map<SignatureId, String> templates = templates(analysis, status);
    String sentence = VerdictSentence.of(verdict, id -> templates.getOrDefault(id, id.value()), policy);
    lines.add("replayed: " + line(Rulings.type(verdict), Rulings.reason(verdict).name(), sentence));
    if (Rulings.type(verdict) != stored.type() || !Rulings.reason(verdict).name().equals(stored.reason())) {
      differences.add("the verdict");
    } else if (stored.message() == null || !stored.message().startsWith(sentence)
        || !ADDED.matcher(stored.message().substring(sentence.length())).matches()) {
      differences.add("the sentence");
    }
  }

  /// The window itself is not stored. What the verdict depends on, besides the evidence, stands in its reason.
  private static Verdict verdict(AnalysisStatus status, AnalysisStatus.Verdict stored, Evidence evidence,
      Policy policy) {
    boolean idle = Reason.NoTraffic.name().equals(stored.reason());
    boolean complete = !Reason.WindowIncomplete.name().equals(stored.reason());
    // With a warm-up of nothing no pod is too young, and none was.
    Duration age = Reason.WarmingUp.name().equals(stored.reason()) ? Duration.ZERO : policy.cadence().warmup();
    List<PodCounts> seen = idle
        ? List.of()
        : List.of(new PodCounts("any", 1, 0, new TreeMap<>(), age, new TreeMap<>(), new TreeMap<>()));
    Instant end = Objects.requireNonNull(stored.at());
    Verdict verdict = Judge.judge(evidence, new Window(evidence.lastSequence(), end.minus(policy.window()),
        policy.window(), seen, seen, complete), policy).verdict();
    boolean passed = status.step() != null && status.step().passedAt() != null;
    return passed && stored.type() != VerdictType.ADVANCE ? Rulings.whenPassed(verdict) : verdict;
  }

  private static void compareCounts(AnalysisStatus status, Evidence evidence, List<String> differences) {
    compare("the last window", status.windowSequence(), evidence.lastSequence(), differences);
    if (status.windowSequence() != null && status.verdict() != null
        && !status.windowSequence().equals(status.verdict().window())) {
      differences.add("the evidence is that of window " + status.windowSequence() + ", the verdict of window "
          + status.verdict().window());
    }
    if (status.exposure() != null) {
      compare("the canary's exposure", status.exposure().canary(), (long) evidence.exposure(Arm.CANARY), differences);
      compare("the baseline's exposure", status.exposure().baseline(), (long) evidence.exposure(Arm.BASELINE),
          differences);
    }
    Map<String, AnalysisStatus.SignatureSummary> folded = new HashMap<>();
    evidence.signatures().forEach(seen -> folded.put(seen.observed().signature().value(),
        AnalysisStatus.SignatureSummary.of(seen.observed().signature().value(), "", seen.observed().canaryEvents(),
            seen.observed().baselineEvents(), seen.logE())));
    for (AnalysisStatus.SignatureSummary summary : status.signatures()) {
      AnalysisStatus.SignatureSummary other = folded.get(summary.id());
      if (other == null || other.canaryEvents() != summary.canaryEvents()
          || other.baselineEvents() != summary.baselineEvents() || !other.logEvidence().equals(summary.logEvidence())) {
        differences.add("the summary of " + summary.id());
      }
    }
  }

  private static void compare(String what, @Nullable Object stored, long replayed, List<String> differences) {
    if (!Objects.equals(stored, replayed)) {
      differences.add(what + " is " + replayed + " in the evidence, recorded is " + stored);
    }
  }

  private static Map<SignatureId, String> templates(Analysis analysis, AnalysisStatus status) {
    Map<SignatureId, String> templates = new HashMap<>();
    analysis.getSpec().signatures().forEach(known -> templates.put(new SignatureId(known.id()), known.template()));
    status.signatures().forEach(seen -> templates.put(new SignatureId(seen.id()), seen.template()));
    return templates;
  }

  private static Analysis read(String text) {
    try {
      Map<?, ?> object = Serialization.unmarshal(text, Map.class);
      if (object == null || !"Analysis".equals(object.get("kind"))) {
        throw new InputException("must hold one Analysis, as kubectl get analysis NAME -o yaml writes it");
      }
      Analysis analysis = Serialization.unmarshal(Serialization.asJson(object), Analysis.class);
      if (analysis.getSpec() == null) {
        throw new InputException("is an Analysis without a spec");
      }
      return analysis;
    } catch (IllegalArgumentException | KubernetesClientException | ClassCastException e) {
      throw new InputException("is no Analysis that can be read: " + e.getMessage());
    }
  }

  private static String name(Analysis analysis) {
    return analysis.getMetadata().getNamespace() + "/" + analysis.getMetadata().getName();
  }

  private static String line(VerdictType type, String reason, String message) {
    return type.wireName() + " (" + reason + "): " + message;
  }
}
