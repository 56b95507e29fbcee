/// `serin signatures`: the signatures of log files, without a cluster.
@NullMarked
package dev.serin.cli.signatures;

import org.jspecify.annotations.NullMarked;
