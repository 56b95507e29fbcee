/// The way from clients to pods: one loopback port per Service, one endpoint per connection, as kube-proxy does it.
@NullMarked
package dev.serin.sandbox.gateway;

import org.jspecify.annotations.NullMarked;
