/// The safety monitor: a process of its own that reads every revision of every object from etcd and checks that Serin
/// keeps its promises. It shares no code with Serin, so that both would have to be wrong in the same way.
///
/// Tests start it with [dev.serin.testkit.monitor.SafetyMonitor]. [dev.serin.testkit.monitor.Checker] judges, knowing
/// nothing of etcd; [dev.serin.testkit.monitor.History] reads without a gap, knowing nothing of Serin.
@NullMarked
package dev.serin.testkit.monitor;

import org.jspecify.annotations.NullMarked;
