package dev.serin.judge.rewording;

import dev.serin.judge.Arm;
import dev.serin.judge.Evidence;
import dev.serin.judge.Evidence.SignatureEvidence;
import dev.serin.signature.SignatureId;
import dev.serin.signature.state.Renames;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Finds signatures of the canary that are stable's in other words: a release that changes the wording of an error is not a worse one.
///
/// Old and new name never occur on the same arm, at least one of the old was to be expected on the canary, and the new one is as
/// frequent there as the old one on stable. What is found counts under the old name in later windows, and the evidence of the new name is
/// forgiven: that lowers evidence, and the events of both names together are a hypothesis like any other, so the promise stands. An
/// error that changes its words and becomes more frequent is found a little later.
public final class Rewording {

  private static final long FEWEST = 3;
  private static final double EXPECTED = 1;
  /// More kinds of new errors at once are no change of words.
  private static final int MOST = 20;

  private Rewording() {}

  /// Knows the texts of signatures.
  public interface Kinship {
    /// How alike two signatures are, 0..1; 0 for those that come from different places or say different things, and for sums.
    double likeness(SignatureId gone, SignatureId appeared);
  }

  /// A signature under its old name and its new one.
  public record Renamed(SignatureId gone, SignatureId appeared) {}

  /// The renamed signatures in all windows so far, each name once; of several old names the one that it is most like.
  public static List<Renamed> in(Evidence evidence, Kinship kinship) {
    double canary = evidence.exposure(Arm.CANARY);
    double stable = evidence.exposure(Arm.BASELINE);
    var signatures = evidence.signatures();
    var appeared = signatures.stream().filter(found -> found.novel()
        && found.observed().baselineEvents() == 0 && found.observed().canaryEvents() >= FEWEST).limit(MOST).toList();
    if (appeared.isEmpty() || canary == 0 || stable == 0) {
      return List.of();
    }
    var gone = new ArrayList<>(signatures.stream()
        .filter(found -> found.observed().canaryEvents() == 0
            && found.observed().baselineEvents() * canary / stable >= EXPECTED)
        .toList());
    var renamed = new ArrayList<Renamed>();
    for (var found : appeared) {
      gone.stream().filter(old -> likeness(old, found, kinship) > 0
          && Renames.isUnchanged(found.observed().canaryEvents(), old.observed().baselineEvents(),
              canary / (canary + stable)))
          .max(Comparator.comparingDouble(old -> likeness(old, found, kinship))).ifPresent(old -> {
            gone.remove(old);
            renamed.add(new Renamed(old.observed().signature(), found.observed().signature()));
          });
    }
    return List.copyOf(renamed);
  }

  private static double likeness(SignatureEvidence old, SignatureEvidence found, Kinship kinship) {
    return kinship.likeness(old.observed().signature(), found.observed().signature());
  }
}
