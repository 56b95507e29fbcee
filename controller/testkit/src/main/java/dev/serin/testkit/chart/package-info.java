/// The chart `helm/serin`, linted and rendered by real Helm inside the JVM.
@NullMarked
package dev.serin.testkit.chart;

import org.jspecify.annotations.NullMarked;
