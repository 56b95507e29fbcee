package dev.serin.stats.bound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.serin.stats.AlphaShares;
import org.apache.commons.math3.random.Well19937c;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The table of statistics.md section 14.
class DetectionBoundTest {

  @ParameterizedTest(name = "{0} to {1} at weight {2}")
  @CsvSource({".001, .005, .01, 1158, 1737, 2316", ".001, .005, .05, 1252, 1878, 2503",
      ".001, .005, .5, 3155, 4733, 6310", ".001, .002, .01, 12062, 18092, 24123",
      ".001, .002, .05, 12715, 19073, 25431",
      ".001, .002, .5, 27065, 40598, 54131", ".001, .0015, .05, 45097, 67645, 90193",
      ".0001, .0005, .05, 12541, 18811, 25081"})
  @DisplayName("Canary requests for a higher rate: at 1 %, at .1 %, and at 1 % among 100 signatures")
  void higherRate(double p0, double p1, double weight, double percent, double permille, double hundred) {
    var contrast = new Contrast(weight, p0, p1);

    assertThat(DetectionBound.canaryRequests(contrast, DetectionBound.nats(0.01))).isCloseTo(percent, within(0.5));
    assertThat(DetectionBound.canaryRequests(contrast, DetectionBound.nats(0.001))).isCloseTo(permille, within(0.5));
    assertThat(DetectionBound.canaryRequests(contrast,
        DetectionBound.nats(0.01) + DetectionBound.natsOfShare(0.01))).isCloseTo(hundred, within(0.5));
  }

  @ParameterizedTest(name = "{0} at weight {1}")
  @CsvSource({".0005, .01, 2001, 3001, 4001", ".0005, .05, 3075, 4612, 6149", ".0005, .5, 13286, 19929, 26572",
      ".0001, .01, 10017, 15025, 20034", ".0001, .05, 15381, 23072, 30763", ".0001, .5, 66447, 99671, 132895"})
  @DisplayName("Canary requests for a novel signature; the table counts one event of stable in a thousand million requests")
  void novel(double p1, double weight, double percent, double permille, double hundred) {
    var rare = new Contrast(weight, 1e-9, p1);
    var never = new Contrast(weight, 0, p1);

    assertThat(DetectionBound.canaryRequests(rare, DetectionBound.nats(0.01))).isCloseTo(percent, within(0.6));
    assertThat(DetectionBound.canaryRequests(rare, DetectionBound.nats(0.001))).isCloseTo(permille, within(0.6));
    assertThat(DetectionBound.canaryRequests(rare, DetectionBound.nats(1e-4))).isCloseTo(hundred, within(0.6));
    assertThat(DetectionBound.canaryRequests(never, DetectionBound.nats(0.01))).isLessThan(percent)
        .isCloseTo(percent, withinPercentage(0.2));
  }

  @ParameterizedTest
  @CsvSource({".001, .005, 1136", ".001, .002, 11906", ".001, .0015, 42513", ".0001, .0005, 11376"})
  @DisplayName("Canary requests if the baseline's rate is known, to which the bound falls with the weight")
  void knownBaseline(double p0, double p1, double requests) {
    double known = DetectionBound.canaryRequestsForKnownRate(p0, p1, DetectionBound.nats(0.01));
    assertThat(known).isCloseTo(requests, within(0.5));
    assertThat(DetectionBound.canaryRequests(new Contrast(1e-6, p0, p1), DetectionBound.nats(0.01)))
        .isCloseTo(known, withinPercentage(0.01)).isGreaterThan(known);
  }

  @ParameterizedTest
  @CsvSource({".01, 115819", ".05, 25034", ".5, 6310"})
  @DisplayName("Requests of both arms for .1 % to .5 % at 1 %")
  void bothArms(double weight, double requests) {
    assertThat(DetectionBound.requests(new Contrast(weight, 0.001, 0.005), DetectionBound.nats(0.01)))
        .isCloseTo(requests, within(0.5));
  }

  @ParameterizedTest
  @CsvSource({".01, 1, 2, 2", ".05, 2, 3, 4", ".25, 4, 5, 7", ".5, 7, 10, 14"})
  @DisplayName("Events of a novel signature at 1 %, .1 % and .01 %")
  void novelEvents(double weight, long percent, long permille, long tenth) {
    assertThat(DetectionBound.novelEvents(weight, DetectionBound.nats(0.01))).isEqualTo(percent);
    assertThat(DetectionBound.novelEvents(weight, DetectionBound.nats(0.001))).isEqualTo(permille);
    assertThat(DetectionBound.novelEvents(weight, DetectionBound.nats(1e-4))).isEqualTo(tenth);
  }

  @ParameterizedTest
  @CsvSource({"3, .05, 3700, 50", "2, .05, 10600, 50", "1.5, .05, 34000, 500", "2, .5, 25000, 500"})
  @DisplayName("Canary requests until non-inferiority at 5 %, true ratio 1, rate .1 %")
  void advance(double margin, double weight, double requests, double rounding) {
    assertThat(DetectionBound.canaryRequestsToAdvance(weight, 0.001, margin, DetectionBound.nats(0.05)))
        .isCloseTo(requests, within(rounding));
  }

  @Test
  @DisplayName("Looking at events only loses .3 % of the information of rare events, and never gains")
  void eventsOnly() {
    var rare = new Contrast(0.05, 0.001, 0.005);
    // mpmath, 30 digits.
    assertThat(rare.information()).isCloseTo(1.8395452447407453e-4, within(1e-16));
    assertThat(rare.informationOfEvents()).isCloseTo(1.8357360995577954e-4, within(1e-16));
    assertThat(DetectionBound.windows(rare, DetectionBound.nats(0.01))).isCloseTo(30.10347851478706, within(1e-10));
    for (double p : new double[]{1e-6, 0.01, 0.1, 0.4}) {
      var contrast = new Contrast(0.2, p, 2 * p);
      assertThat(contrast.informationOfEvents()).isPositive().isLessThan(contrast.information());
    }
  }

  @Test
  @DisplayName("A test that may miss one fault in ten needs less")
  void misses() {
    // mpmath: ((1-b)*log((1-b)/a)+b*log(b/(1-a)))/I with a = .01, b = .1.
    var contrast = new Contrast(0.05, 0.001, 0.005);
    double requests = DetectionBound.requests(contrast, DetectionBound.nats(0.01, 0.1));
    assertThat(requests).isCloseTo(20_769.12888392497, within(1e-6))
        .isLessThan(DetectionBound.requests(contrast, DetectionBound.nats(0.01)));
    assertThat(DetectionBound.nats(0.01, 1e-15)).isCloseTo(DetectionBound.nats(0.01), within(1e-12));
  }

  @Test
  @DisplayName("The sequential test with known rates, which is optimal, needs the bound and hardly more")
  void simulated() {
    // Likelihood ratio of a canary at .5 against a known .1, threshold 100: Wald's mean is the bound plus the overshoot,
    // which is below the largest step ln 5 over the drift. The mean of 4000 runs of standard deviation below 12 has the
    // standard error .19; six of them fail with probability 1e-9 on either side.
    var random = new Well19937c(7);
    double sum = 0;
    for (int run = 0; run < 4000; run++) {
      double log = 0;
      while (log < StrictMath.log(100)) {
        log += random.nextDouble() < 0.5 ? StrictMath.log(5) : StrictMath.log(5.0 / 9);
        sum++;
      }
    }
    double bound = DetectionBound.canaryRequestsForKnownRate(0.1, 0.5, DetectionBound.nats(0.01));
    double overshoot = StrictMath.log(5) / Divergence.bernoulli(0.5, 0.1);
    assertThat(sum / 4000).isBetween(bound - 1.2, bound + overshoot + 1.2);
  }

  @ParameterizedTest
  @DisplayName("Were the 64 largest of 1,000 tenants strata of their own, one that fails always would be found so many times faster, large or small")
  @CsvSource({"4,0.01,1.16", "16,0.01,1.44", "64,0.01,2.09", "65,0.01,1.26", "200,0.01,1.49", "1000,0.01,1.95",
      "4,0.001,1.10", "16,0.001,1.22", "64,0.001,1.39", "65,0.001,1.04", "200,0.001,1.11", "1000,0.001,1.34"})
  void exactTenants(int rank, double rate, double faster) {
    double tenant = 1 / (rank * harmonic(1000));
    double others = 1 - harmonic(64) / harmonic(1000);
    double total = DetectionBound.nats(0.01) + DetectionBound.natsOfShare(AlphaShares.TOTAL);
    double bucket = requests(tenant, tenant + 1.0 / 64, rate, total + DetectionBound.natsOfShare(1.0 / 128));
    double stratum = requests(tenant, rank <= 64 ? tenant : tenant + others / 64, rate,
        total + DetectionBound.natsOfShare(1.0 / 256));

    assertThat(bucket / stratum).isCloseTo(faster, within(0.01));
  }

  private static double harmonic(int terms) {
    double sum = 0;
    for (int i = 1; i <= terms; i++) {
      sum += 1.0 / i;
    }
    return sum;
  }

  /// Requests of all tenants until a stratum tells, if the tenant fails always on the canary and others as usual.
  private static double requests(double tenant, double stratum, double rate, double nats) {
    double worse = (tenant + (stratum - tenant) * rate) / stratum;
    return DetectionBound.requests(new Contrast(0.05, rate, worse), nats) / stratum;
  }

  @Test
  @DisplayName("Relative entropy is 0 for equal rates and infinite for what was impossible")
  void divergence() {
    assertThat(Divergence.bernoulli(0.3, 0.3)).isZero();
    assertThat(Divergence.bernoulli(0, 0)).isZero();
    assertThat(Divergence.bernoulli(1, 1)).isZero();
    assertThat(Divergence.bernoulli(0.1, 0)).isInfinite();
    assertThat(Divergence.bernoulli(0, 0.5)).isCloseTo(StrictMath.log(2), within(1e-15));
    assertThat(Divergence.bernoulli(1, 0.5)).isCloseTo(StrictMath.log(2), within(1e-15));
    assertThatIllegalArgumentException().isThrownBy(() -> Divergence.bernoulli(-0.1, 0.5))
        .withMessageContaining("-0.1");
  }

  @Test
  @DisplayName("Impossible arguments are refused with the offending number")
  void refuses() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Contrast(1, 0, 0.1)).withMessageContaining("1.0");
    assertThatIllegalArgumentException().isThrownBy(() -> new Contrast(0.5, 0.2, 0.2)).withMessageContaining("0.2");
    assertThatIllegalArgumentException().isThrownBy(() -> DetectionBound.nats(0)).withMessageContaining("alpha");
    assertThatIllegalArgumentException().isThrownBy(() -> DetectionBound.nats(0.3, 0.8)).withMessageContaining("0.8");
    assertThatIllegalArgumentException().isThrownBy(() -> DetectionBound.natsOfShare(0)).withMessageContaining("0.0");
    assertThatIllegalArgumentException().isThrownBy(() -> DetectionBound.canaryRequestsForKnownRate(0, 0.1, 1))
        .withMessageContaining("0.0 and 0.1");
    assertThatIllegalArgumentException().isThrownBy(() -> DetectionBound.canaryRequestsToAdvance(0.1, 0.1, 1, 1))
        .withMessageContaining("1.0");
    assertThatIllegalArgumentException().isThrownBy(() -> DetectionBound.novelEvents(0.5, -1))
        .withMessageContaining("-1.0");
  }
}
