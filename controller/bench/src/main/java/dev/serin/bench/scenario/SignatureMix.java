package dev.serin.bench.scenario;

import dev.serin.bench.draw.Draws;

/// Which signatures a cause shows.
sealed interface SignatureMix {

  /// The usual errors: 0.1 % of the requests, signature s of 20 with a share proportional to 1/s.
  SignatureMix USUAL = new Usual();

  /// Errors per request of all usual signatures together.
  double USUAL_RATE = 1e-3;

  int draw(Draws draws);

  /// Share of a signature, 0..1.
  double share(int signature);

  /// The share of each known signature falls with its rank.
  record Usual() implements SignatureMix {

    private static final int KNOWN = WindowCounts.NOVEL;
    private static final double[] CUMULATIVE = cumulative();

    @Override
    public int draw(Draws draws) {
      double u = draws.uniform();
      int signature = 0;
      while (signature < KNOWN - 1 && u >= CUMULATIVE[signature]) {
        signature++;
      }
      return signature;
    }

    @Override
    public double share(int signature) {
      return signature >= KNOWN ? 0 : CUMULATIVE[signature] - (signature == 0 ? 0 : CUMULATIVE[signature - 1]);
    }

    private static double[] cumulative() {
      var sums = new double[KNOWN];
      double sum = 0;
      for (int i = 0; i < KNOWN; i++) {
        sum += 1.0 / (i + 1);
        sums[i] = sum;
      }
      for (int i = 0; i < KNOWN; i++) {
        sums[i] /= sum;
      }
      return sums;
    }
  }

  /// One signature alone.
  ///
  /// @param signature
  ///          its index
  record One(int signature) implements SignatureMix {
    @Override
    public int draw(Draws draws) {
      return signature;
    }

    @Override
    public double share(int other) {
      return other == signature ? 1 : 0;
    }
  }
}
