/// Every revision of etcd, without a gap, through its HTTP gateway.
@NullMarked
package dev.serin.testkit.monitor.etcd;

import org.jspecify.annotations.NullMarked;
