/// A proxy between one client and the API server that does harm on purpose: it kills the client at its i-th write,
/// loses replies, cuts and silences watches, refuses, delays, and answers from the past.
///
/// ```java
/// try (FaultProxy proxy = FaultProxy.start(kubeconfig, request -> request.namespace().equals("shop"))) {
///   PlannedFault kill = proxy.plan(Trigger.write(3), new Action.KillLosingReply());
///   // … let the client run with proxy.kubeconfig() …
///   kill.await(Duration.ofSeconds(30));
///   assertThat(proxy.writes()).hasSize(3);
/// }
/// ```
///
/// One proxy serves one life of a client: what comes after a kill gets a proxy of its own.
@NullMarked
package dev.serin.testkit.proxy;

import org.jspecify.annotations.NullMarked;
