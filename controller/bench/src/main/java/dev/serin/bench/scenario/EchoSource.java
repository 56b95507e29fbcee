package dev.serin.bench.scenario;

import dev.serin.bench.draw.Draws;
import dev.serin.bench.scenario.Reach.Arms;

/// The usual errors on both arms, each first error with an echo on its own pod over several windows. The mean rate stays
/// the usual one.
final class EchoSource implements Source {

  private final Later.Echo echo;
  private final Later later = new Later();

  EchoSource(Later.Echo echo) {
    this.echo = echo;
  }

  @Override
  public void emit(WindowCounts out, double minute, Draws draws) {
    double mean = SignatureMix.USUAL_RATE * Arms.EVERYWHERE.requests(out) / echo.mean();
    int firsts = draws.poisson(mean);
    for (int i = 0; i < firsts; i++) {
      int pod = Arms.EVERYWHERE.draw(out, draws);
      int signature = SignatureMix.USUAL.draw(draws);
      echo.draw(later, draws.uniform(0, Course.WINDOW_SECONDS), pod, signature, draws);
    }
    later.release(out);
  }
}
