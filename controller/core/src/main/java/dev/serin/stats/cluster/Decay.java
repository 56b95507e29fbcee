package dev.serin.stats.cluster;

/// How fast old sums are forgotten.
public final class Decay {

  private static final double LOG_HALF = StrictMath.log(0.5);
  /// Most sums were changed not long ago.
  private static final int REMEMBERED = 256;

  private final double halfLife;
  private final double[] kept = new double[REMEMBERED];

  /// @param halfLife
  ///          in windows, above 0
  public Decay(double halfLife) {
    this.halfLife = halfLife;
    for (int age = 0; age < REMEMBERED; age++) {
      kept[age] = part(age);
    }
  }

  /// What is left of a sum.
  ///
  /// @param age
  ///          windows since it was changed, at least 0
  public double kept(long age) {
    return age < REMEMBERED ? kept[(int) age] : part(age);
  }

  private double part(long age) {
    return age == 0 ? 1 : StrictMath.exp(LOG_HALF * (age / halfLife));
  }
}
