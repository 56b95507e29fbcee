package dev.serin.bench.report;

import dev.serin.bench.rule.Rules;
import dev.serin.bench.scenario.Scenario.Family;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.CategorySeries.CategorySeriesRenderStyle;
import org.knowm.xchart.style.Styler;

/// One picture per family of scenarios.
public final class Plots {

  /// More series would hide each other.
  private static final Set<String> SHOWN = Set.of("Kayenta eq", "Argo 99 %", "Fisher peek", "GrowthBook",
      "Lindon–Malek");

  /// Okabe and Ito's palette, which colour-blind people can tell apart; the judge comes first.
  private static final Color[] COLORS = {new Color(0x000000), new Color(0xe69f00), new Color(0x56b4e9),
      new Color(0x009e73), new Color(0xd55e00), new Color(0xcc79a7)};

  private final List<Rules.Named> rules;
  private final List<Result> results;

  /// @param rules
  ///          in the order of the outcomes
  public Plots(List<Rules.Named> rules, List<Result> results) {
    this.rules = List.copyOf(rules);
    this.results = List.copyOf(results);
  }

  /// Writes `judge-good.png` and `judge-bad.png`, those of them that have scenarios.
  public void write(Path folder) throws IOException {
    var good = of(Family.GOOD);
    if (!good.isEmpty()) {
      write(chart(good, "False roll backs of good versions", "roll backs in % of the runs",
          detection -> 100 * detection.rolledBack().value()), folder.resolve("judge-good.png"));
    }
    var bad = of(Family.BAD);
    if (!bad.isEmpty()) {
      var chart = chart(bad, "Delay of the roll back of bad versions", "median minutes from the onset",
          detection -> Double.isFinite(detection.delay().median()) ? detection.delay().median() : null);
      chart.getStyler().setYAxisLogarithmic(true);
      write(chart, folder.resolve("judge-bad.png"));
    }
  }

  private CategoryChart chart(List<Result> shown, String title, String axis,
      Function<Result.Detection, @Nullable Double> value) {
    var chart = new CategoryChartBuilder().width(1100).height(480).title(title).yAxisTitle(axis).build();
    var styler = chart.getStyler();
    styler.setDefaultSeriesRenderStyle(CategorySeriesRenderStyle.Scatter);
    styler.setLegendPosition(Styler.LegendPosition.OutsideS);
    styler.setLegendLayout(Styler.LegendLayout.Horizontal);
    styler.setXAxisLabelRotation(60);
    styler.setMarkerSize(9);
    styler.setChartBackgroundColor(Color.WHITE);
    styler.setSeriesColors(COLORS);
    var ids = shown.stream().map(result -> result.scenario().id()).toList();
    add(chart, "Serin", ids, shown, result -> value.apply(result.judge()));
    for (int i = 0; i < rules.size(); i++) {
      int index = i;
      var rule = rules.get(i);
      if (SHOWN.contains(rule.name())) {
        add(chart, rule.name(), ids, shown,
            result -> Report.applies(rule, result.scenario()) ? value.apply(result.rule(index)) : null);
      }
    }
    return chart;
  }

  private static void add(CategoryChart chart, String name, List<String> ids, List<Result> shown,
      Function<Result, @Nullable Double> value) {
    var heights = new ArrayList<@Nullable Double>();
    shown.forEach(result -> heights.add(value.apply(result)));
    if (heights.stream().anyMatch(height -> height != null)) {
      chart.addSeries(name, ids, heights);
    }
  }

  private static void write(CategoryChart chart, Path file) throws IOException {
    BitmapEncoder.saveBitmap(chart, file.toString(), BitmapFormat.PNG);
  }

  private List<Result> of(Family family) {
    return results.stream().filter(result -> result.scenario().family() == family).toList();
  }
}
