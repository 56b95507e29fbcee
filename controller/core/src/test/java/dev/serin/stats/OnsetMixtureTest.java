package dev.serin.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class OnsetMixtureTest {

  private static final OnsetPrior ONSET = new OnsetPrior(180);

  @Test
  @DisplayName("With the gains of a ratio grid the published evidence of vectors G1 and G2 comes out")
  void published() {
    // statistics.md section 17: open horizon, epoch 1 of 180 windows.
    var uniform = RatioGrid.uniform(1);
    var one = OnsetMixture.silent(RatioGrid.SIZE, 0)
        .after(gains(uniform, new TwoArmCounts(3, 5, 600, 11_400)), ONSET.logWeight(1));
    assertThat(one.logE(uniform, ONSET.remaining(1))).isCloseTo(2.37692078586766, within(2e-12));

    var novel = RatioGrid.novel(1);
    var four = OnsetMixture.silent(RatioGrid.SIZE, 0);
    for (int t = 1; t <= 4; t++) {
      four = four.after(gains(novel, new TwoArmCounts(t == 2 ? 0 : 1, 0, 600, 11_400)), ONSET.logWeight(t));
    }
    assertThat(four.logE(novel, ONSET.remaining(4))).isCloseTo(7.48693078974104, within(7e-12));
  }

  @Test
  @DisplayName("A gain of every window alike makes the mixture worked out by hand")
  void byHand() {
    var mixture = OnsetMixture.silent(1, 0);
    mixture = mixture.after(new double[]{StrictMath.log(2)}, StrictMath.log(0.25));
    mixture = mixture.after(new double[]{StrictMath.log(3)}, StrictMath.log(0.25));
    // ½·6 + ½·(.25·6 + .25·3 + .5)
    assertThat(mixture.logE(new double[]{0}, 0.5)).isCloseTo(StrictMath.log(3 + 1.375), within(1e-14));
  }

  @Test
  @DisplayName("What is written is read bit for bit; damage and a wrong number of gains are refused")
  void state() {
    var mixture = OnsetMixture.silent(2, 0.1).after(new double[]{0.3, -0.7}, -5);
    var out = ByteBuffer.allocate(OnsetMixture.bytes(2));
    mixture.write(out);
    var again = ByteBuffer.allocate(OnsetMixture.bytes(2));
    OnsetMixture.read(out.flip(), 2).write(again);
    assertThat(again.array()).isEqualTo(out.array());

    assertThatIllegalArgumentException().isThrownBy(() -> mixture.after(new double[1], -5))
        .withMessage("needs 2 gains, were 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> OnsetMixture.read(again.putDouble(0, Double.NaN).flip(), 1)).withMessageContaining("NaN");
  }

  private static double[] gains(RatioGrid grid, TwoArmCounts counts) {
    var gains = new double[RatioGrid.SIZE];
    for (int i = 0; i < gains.length; i++) {
      gains[i] = grid.logLikelihoodRatio(i, counts);
    }
    return gains;
  }
}
