/// Counts error signatures in pod logs and pod status: per pod, in closed windows, for both arms.
///
/// **When a window closes.** Window `k` is `[k*W, (k+1)*W)` since the epoch, by the runtime's timestamps. It closes when every
/// stream is *proven* through its end, at the latest ten seconds after its end. A stream is proven by a line stamped at or
/// after the end. A quiet stream shows no such line; waiting ten seconds for it would delay every window of both arms, and
/// silence alone proves nothing: a hung stream is as silent as a healthy one, and a kubelet sends not even response headers
/// before a quiet container's first line. So half a window (at most a second) after the end, the collector asks the API server for the
/// log's last line. If the stream has delivered that line already, its silence is proven and counts as zero. If the log
/// holds a newer line, the stream gets until the deadline to deliver it, then the pod's window is missing and the stream is
/// opened anew.
///
/// **Exits.** That a container exited stands in its pod's status, not in its log. Whoever names the pods says so with them, and the
/// collector counts each exit once, as a signature of its own: neither a request nor a failure, and nobody's tenant. The pod is unready then
/// and its container young again, so the exit waits until the pod is judged again. A trial that is taken up by another process loses what
/// waits, and what happens until that process first looks.
///
/// **Threads.** One virtual thread per followed container reads, parses and counts; nothing is queued in between, so a slow
/// counter slows the sender down through TCP. One virtual thread per collector closes windows. A pod's counts are guarded by
/// its own lock, the set of pods by the collector's.
///
/// **Text.** Raw log text never leaves this package; signatures carry masked templates only.
@NullMarked
package dev.serin.operator.source;

import org.jspecify.annotations.NullMarked;
