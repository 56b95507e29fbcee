package dev.serin.stats.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlocksTest {

  private static final int[] LENGTHS = {2, 3};
  private static final List<String> PODS = List.of("b0", "b1");
  private static final double[] EXPOSURES = {100, 40};

  private static Blocks after(int windows) {
    var blocks = Blocks.empty();
    for (int k = 0; k < windows; k++) {
      blocks = blocks.after(PODS, EXPOSURES).closed(LENGTHS);
    }
    return blocks;
  }

  private static byte[] bytes(Blocks blocks) {
    var out = ByteBuffer.allocate(1_000);
    blocks.write(out);
    return Arrays.copyOf(out.array(), out.position());
  }

  @Test
  @DisplayName("A block sums the exposures of its windows, until it has as many as its length")
  void fills() {
    var first = Blocks.empty().after(PODS, EXPOSURES);
    assertThat(first.number(0)).isEqualTo(1);
    assertThat(first.exposures(0)).containsExactly(100, 40);
    assertThat(first.full(0, 1)).isTrue();
    assertThat(first.full(0, 2)).isFalse();

    var second = first.after(PODS, new double[]{1, 2});
    assertThat(second.number(0)).isEqualTo(1);
    assertThat(second.exposures(0)).containsExactly(101, 42);
    assertThat(second.full(0, 2)).isTrue();
    assertThat(second.full(0, 3)).isFalse();
    assertThat(first.exposures(0)).as("immutable").containsExactly(100, 40);
  }

  @Test
  @DisplayName("A full block is followed by one of the next number that begins at nothing; the longer one goes on")
  void closes() {
    var third = after(2).after(PODS, EXPOSURES);
    assertThat(third.number(0)).isEqualTo(2);
    assertThat(third.exposures(0)).containsExactly(100, 40);
    assertThat(third.full(0, 2)).isFalse();
    assertThat(third.number(1)).isEqualTo(1);
    assertThat(third.exposures(1)).containsExactly(300, 120);
    assertThat(third.full(1, 3)).isTrue();
  }

  @Test
  @DisplayName("A block ends unfinished when other pods stand, also if their names read the same in one line")
  void otherPods() {
    var before = Blocks.empty().after(List.of("ab", "c"), EXPOSURES);
    assertThat(before.after(List.of("a", "bc"), EXPOSURES).number(0)).isEqualTo(2);
    assertThat(before.after(List.of("ab"), new double[]{7}).exposures(0)).containsExactly(7);
    assertThat(before.after(List.of("ab", "c"), EXPOSURES).number(0)).isEqualTo(1);
    assertThat(before.after(List.of("ab", "d"), EXPOSURES).after(List.of("ab", "d"), EXPOSURES).exposures(1))
        .containsExactly(200, 80);
  }

  @Test
  @DisplayName("What is written is read bit for bit, and the same pods go on in the same block")
  void roundTrip() {
    var blocks = after(4);
    var read = Blocks.read(ByteBuffer.wrap(bytes(blocks)));
    assertThat(bytes(read)).isEqualTo(bytes(blocks));
    assertThat(read.number(0)).isEqualTo(2);
    assertThat(bytes(read.after(PODS, EXPOSURES))).isEqualTo(bytes(blocks.after(PODS, EXPOSURES)));
    assertThat(read.after(PODS, EXPOSURES).exposures(1)).as("the fifth window, the second of a block")
        .containsExactly(200, 80);
    assertThat(read.after(List.of("b0", "b2"), EXPOSURES).number(1)).as("another pod").isEqualTo(3);
  }

  @Test
  @DisplayName("Up to 32 pods are told apart; more are taken together in 32 groups")
  void groups() {
    assertThat(Blocks.groups(1)).isEqualTo(1);
    assertThat(Blocks.groups(32)).isEqualTo(32);
    assertThat(Blocks.groups(33)).isEqualTo(32);

    var full = Blocks.empty().after(PODS, new double[32]);
    assertThat(bytes(Blocks.read(ByteBuffer.wrap(bytes(full))))).isEqualTo(bytes(full));
    assertThat(bytes(Blocks.read(ByteBuffer.wrap(bytes(Blocks.empty()))))).isEqualTo(bytes(Blocks.empty()));
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 33})
  @DisplayName("Another number of groups than 0 to 32 is refused")
  void refuses(int groups) {
    var bytes = ByteBuffer.allocate(1_000).putInt(Long.BYTES + Long.BYTES + Integer.BYTES, groups);
    assertThatIllegalArgumentException().isThrownBy(() -> Blocks.read(bytes))
        .withMessage("groups of pods must be 0..32, were " + groups);
  }
}
