package dev.serin.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestMeterTest {
  @ParameterizedTest
  @CsvSource({
      "GET, /api/v1/namespaces/shop/pods/a-1/log?follow=true, get, pods/log",
      "GET, /api/v1/namespaces/shop/pods, list, pods",
      "GET, /apis/serin.dev/v1alpha1/rollouts?watch=true, watch, rollouts",
      "GET, /apis/serin.dev/v1alpha1/rollouts?resourceVersion=0, list, rollouts",
      "PATCH, /apis/serin.dev/v1alpha1/namespaces/shop/rollouts/a/status, patch, rollouts/status",
      "DELETE, /apis/apps/v1/namespaces/shop/deployments/a-canary, delete, deployments",
      "POST, /apis/events.k8s.io/v1/namespaces/shop/events, create, events",
      "PUT, /apis/apps/v1/namespaces/shop/deployments/a/scale, update, deployments/scale",
      "GET, /api/v1/namespaces/shop, get, namespaces",
      "GET, /version, get, other",
      "GET, /, get, other"})
  @DisplayName("A request is counted by verb and resource, never by an object's name")
  void namesTheResource(String method, String path, String verb, String resource) {
    var target = RequestMeter.Target.of(URI.create("https://127.0.0.1:6443" + path));

    assertThat(target.verb(method)).isEqualTo(verb);
    assertThat(target.resource()).isEqualTo(resource);
  }
}
