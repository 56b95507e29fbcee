package dev.serin.cli.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serin.judge.Evidence;
import dev.serin.judge.OnInconclusive;
import dev.serin.judge.Policy;
import dev.serin.judge.Severity;
import dev.serin.judge.Watched;
import dev.serin.sandbox.yaml.YamlException;
import dev.serin.signature.SignatureId;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyFileTest {

  private static final String FULL = """
      alpha: "0.05"
      window: 30s
      minRequests: 200
      maxIncrease: "1.2"
      onInconclusive: Promote
      sources: [{podLogs: {}}]
      signatures:
      - {name: not-found, match: {template: "Community * not found"}, severity: Critical, maxIncrease: "1.5"}
      - {name: s1, match: {template: "Upstream * timed out"}}
      known: [s1, s2]
      signatureWeights: {s1: 0.3, total-errors: 0.1}
      minDuration: 1m
      maxDuration: 1h
      deadline: 5m
      warmup: 30s
      advance: stop
      """;

  @Test
  @DisplayName("Every field is read")
  void full() {
    RunPolicy run = PolicyFile.parse(FULL);
    Policy policy = run.of(Duration.ofSeconds(30));

    assertThat(policy.alpha()).isEqualTo(0.05);
    assertThat(policy.margin()).isEqualTo(new Policy.Margin(1.2, 0));
    assertThat(policy.advance().minRequests()).isEqualTo(200);
    assertThat(policy.onInconclusive()).isEqualTo(OnInconclusive.PROMOTE);
    assertThat(policy.known()).containsOnlyKeys(new SignatureId("not-found"), new SignatureId("s1"),
        new SignatureId("s2"))
        .containsEntry(new SignatureId("not-found"),
            new Watched(Severity.CRITICAL, new Policy.Margin(1.5, 0), false))
        .containsEntry(new SignatureId("s1"), new Watched(Severity.NORMAL, new Policy.Margin(1.2, 0), true));
    assertThat(policy.weights()).containsEntry(new SignatureId("s1"), 0.3).containsEntry(Evidence.TOTAL_ERRORS, 0.1);
    assertThat(policy.cadence())
        .isEqualTo(new Policy.Cadence(Duration.ofSeconds(30), Duration.ofSeconds(30), Duration.ofMinutes(5)));
    assertThat(run.window()).contains(Duration.ofSeconds(30));
    assertThat(run.step().minDuration()).isEqualTo(Duration.ofMinutes(1));
    assertThat(run.step().maxDuration()).isEqualTo(Duration.ofHours(1));
    assertThat(run.advanceEnds()).isTrue();
  }

  @Test
  @DisplayName("An empty file is no file: the defaults of a Rollout, every signature novel, windows as they come")
  void usual() {
    RunPolicy usual = PolicyFile.usual();

    assertThat(PolicyFile.parse("{}")).isEqualTo(usual);
    assertThat(usual.window()).isEmpty();
    assertThat(usual.advanceEnds()).isFalse();
    assertThat(usual.of(Duration.ofSeconds(10)).alpha()).isEqualTo(0.01);
    assertThat(usual.known()).isEmpty();
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
      alpha: "0.05"           | alpah: "0.05"              | alpah: is no field of the API: remove it or correct its name
      alpha: "0.05"           | alpha: "0.5"               | the file: alpha must be above 0 and at most 0.2, was 0.5
      alpha: "0.05"           | alpha: often               | the file: 'often' is not a decimal such as 0.01 or 1.2
      window: 30s             | window: 10m                | the file: window must be 1 s to 5 min, was PT10M
      onInconclusive: Promote | onInconclusive: Panic      | onInconclusive: has a value that the API does not know: Panic
      severity: Critical      | severty: Critical          | signatures[0].severty: is no field of the API: remove it or correct its name
      total-errors: 0.1       | s9: 0.1                    | the file: a weight needs a known signature, s9 is none
      total-errors: 0.1       | s2: lots                   | signatureWeights.s2: must be a number above 0 and below 1, was lots
      minDuration: 1m         | minDuration: 2h            | maxDuration: must not be shorter than minDuration
      advance: stop           | advance: maybe             | advance: must be one of Stop, Continue, was maybe
      """)
  @DisplayName("A mistake is named with its place")
  void mistakes(String before, String after, String message) {
    assertThat(FULL).contains(before);

    assertThatThrownBy(() -> PolicyFile.parse(FULL.replace(before, after))).isInstanceOf(YamlException.class)
        .hasMessage(message);
  }

  @Test
  @DisplayName("known must be a list, and not longer than the judge can hold")
  void knownIsAList() {
    assertThatThrownBy(() -> PolicyFile.parse("known: s1"))
        .hasMessage("known: must be a list of at most " + Policy.MAX_KNOWN + " texts");
    assertThatThrownBy(() -> PolicyFile.parse("known: [" + "s, ".repeat(Policy.MAX_KNOWN) + "s]"))
        .hasMessage("known: must be a list of at most " + Policy.MAX_KNOWN + " texts");
  }
}
