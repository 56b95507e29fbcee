/// The safety monitor: a process of its own that reads every revision of every object from etcd and checks that Serin
/// keeps its promises. It shares no code with Serin, so that both would have to be wrong in the same way.
///
/// Tests start it with [dev.serin.testkit.monitor.SafetyMonitor]. `check` judges single writes and knows nothing of etcd;
/// `etcd` reads without a gap and knows nothing of Serin; `store` is what both leave behind: the world at one revision.
@NullMarked
package dev.serin.testkit.monitor;

import org.jspecify.annotations.NullMarked;
