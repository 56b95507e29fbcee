package dev.serin.testkit.monitor.check;

import static dev.serin.testkit.monitor.check.Shop.LATER;
import static dev.serin.testkit.monitor.check.Shop.NEW;
import static dev.serin.testkit.monitor.check.Shop.NOON;
import static dev.serin.testkit.monitor.check.Shop.SERIN;
import static dev.serin.testkit.monitor.check.Shop.rollout;
import static dev.serin.testkit.monitor.check.Shop.workload;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("I3: a veto holds")
class HeldVetoesTest {

  private final Shop shop = new Shop();

  private static Stored vetoing(Stored rollout, String... revisions) {
    return rollout.with("/status/vetoes",
        List.of(revisions).stream().map(revision -> Map.of("revision", revision)).toList());
  }

  @Nested
  @DisplayName("while it is open")
  class Open {

    private final Stored resumed = workload().with("/spec/paused", false);

    @Test
    @DisplayName("Serin resumes a Deployment whose revision is not vetoed, and the vetoed one stays held")
    void legitimateResume() {
      shop.learn(workload(), vetoing(rollout("Promoting", "100%"), Shop.revision("web:3")));
      assertThat(shop.broken(resumed.withAnnotation("serin.dev/sequence", "7"))).isEmpty();

      shop.learn(vetoing(rollout("RolledBack"), NEW));
      assertThat(shop.broken(workload().withAnnotation("serin.dev/sequence", "8"))).isEmpty();
    }

    @Test
    @DisplayName("A resume with a higher sequence is Serin's, and reported")
    void resumeBySequence() {
      shop.learn(workload(), vetoing(rollout("RolledBack"), NEW));

      assertThat(shop.broken(resumed.withAnnotation("serin.dev/sequence", "7")))
          .containsExactly("I3: Serin resumed the "
              + "Deployment with revision " + NEW + ", which Rollout web has vetoed.");
    }

    @Test
    @DisplayName("A resume by Serin's field manager is reported, also where paused is left out")
    void resumeByFieldManager() {
      shop.learn(workload().writtenBy(SERIN, NOON), vetoing(rollout("RolledBack"), NEW));

      assertThat(shop.broken(workload().without("/spec/paused").writtenBy(SERIN, LATER))).singleElement().asString()
          .startsWith("I3: Serin resumed");
    }

    @Test
    @DisplayName("A resume by a person is theirs, also when what they apply has an older sequence")
    void resumeByAPerson() {
      shop.learn(workload().withAnnotation("serin.dev/sequence", "7"), vetoing(rollout("RolledBack"), NEW));

      assertThat(shop.broken(resumed.withAnnotation("serin.dev/sequence", "6").writtenBy("kubectl-rollout", LATER)))
          .isEmpty();
    }

    @Test
    @DisplayName("Serin's write of a vetoed template to a Deployment that rolls is reported; one that stays is not")
    void templateOfARollingOne() {
      shop.learn(resumed.with("/spec/template", Shop.template("web:1")), vetoing(rollout("Restoring"), NEW));
      assertThat(shop.broken(resumed.withAnnotation("serin.dev/sequence", "7"))).contains("I3: Serin resumed the "
          + "Deployment with revision " + NEW + ", which Rollout web has vetoed.");

      assertThat(shop.broken(resumed.withAnnotation("serin.dev/sequence", "8"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Raising", "Stepping", "Promoting"})
    @DisplayName("A vetoed candidate gets no state with exposure")
    void vetoedCandidate(String state) {
      shop.learn(vetoing(rollout("RolledBack"), NEW));

      assertThat(shop.broken(vetoing(rollout(state), NEW))).contains("I3: The candidate " + NEW
          + " is in state '" + state + "' while it is vetoed.");
      assertThat(shop.broken(vetoing(rollout(state), NEW).with("/status/message", "again"))).isEmpty();
    }
  }

  @Nested
  @DisplayName("until it is closed")
  class Closed {

    private final String[] ten = IntStream.range(0, 10).mapToObj(i -> "veto-" + i).toArray(String[]::new);

    @Test
    @DisplayName("A recorded retry, a person's resume and a promotion close it")
    void legitimateEnds() {
      shop.learn(vetoing(rollout("RolledBack"), NEW));
      assertThat(shop.broken(rollout("Starting").with("/status/requests/retry", NEW))).isEmpty();

      shop.learn(vetoing(rollout("RolledBack"), NEW).with("/status/requests/retry", NEW));
      assertThat(shop.broken(rollout("Starting"))).isEmpty();

      shop.learn(vetoing(rollout("RolledBack"), NEW));
      assertThat(shop.broken(rollout("Overridden"))).isEmpty();

      shop.learn(vetoing(rollout("Overridden"), NEW));
      assertThat(shop.broken(rollout().with("/status/stable/revision", NEW))).isEmpty();
    }

    @Test
    @DisplayName("A veto that just disappears is reported")
    void disappears() {
      shop.learn(vetoing(rollout("RolledBack"), "veto-1", NEW, "veto-2"));

      assertThat(shop.broken(vetoing(rollout("Starting"), "veto-1", "veto-2"))).containsExactly("I3: The veto against "
          + NEW + " is gone without a retry, a resume by a person or a promotion: the candidate is '" + NEW
          + "' in state 'Starting', stable is '" + Shop.OLD + "'.");
    }

    @Test
    @DisplayName("A retry or a resume of another revision closes nothing")
    void otherRevisions() {
      shop.learn(vetoing(rollout("RolledBack"), "veto-1"));
      assertThat(shop.broken(rollout("Starting").with("/status/requests/retry", NEW))).hasSize(1);

      shop.learn(vetoing(rollout("RolledBack"), "veto-1"));
      assertThat(shop.broken(rollout("Overridden"))).hasSize(1);
    }

    @Test
    @DisplayName("An eleventh veto pushes out the oldest and no other")
    void fallsOff() {
      shop.learn(vetoing(rollout("RolledBack"), ten));
      assertThat(shop.broken(vetoing(rollout("RolledBack"), "new", "veto-0", "veto-1", "veto-2", "veto-3", "veto-4",
          "veto-5", "veto-6", "veto-7", "veto-8"))).isEmpty();

      shop.learn(vetoing(rollout("RolledBack"), ten));
      assertThat(shop.broken(vetoing(rollout("RolledBack"), "new", "veto-1", "veto-2", "veto-3", "veto-4", "veto-5",
          "veto-6", "veto-7", "veto-8", "veto-9"))).singleElement().asString().contains("veto against veto-0 is gone");
    }

    @Test
    @DisplayName("A revision that is vetoed again moves to the front and pushes nothing out")
    void vetoedAgain() {
      shop.learn(vetoing(rollout("RolledBack"), ten));

      assertThat(shop.broken(vetoing(rollout("RolledBack"), "veto-9", "veto-0", "veto-1", "veto-2", "veto-3", "veto-4",
          "veto-5", "veto-6", "veto-7", "veto-8"))).isEmpty();
    }

    @Test
    @DisplayName("With the Rollout its vetoes go")
    void rolloutDeleted() {
      shop.learn(vetoing(rollout("RolledBack"), NEW));

      assertThat(shop.brokenByDeleting(rollout())).isEmpty();
      assertThat(shop.broken(rollout().with("/metadata/uid", "uid-of-a-later-one"))).isEmpty();
    }
  }
}
