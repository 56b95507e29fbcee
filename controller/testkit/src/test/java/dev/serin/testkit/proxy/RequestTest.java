package dev.serin.testkit.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestTest {

  @ParameterizedTest
  @CsvSource({
      "/api/v1/namespaces/shop/pods/web-1/log, '', shop, pods, web-1, log",
      "/apis/apps/v1/namespaces/shop/deployments, apps, shop, deployments, '', ''",
      "/apis/apps/v1/deployments, apps, '', deployments, '', ''",
      "/api/v1/namespaces, '', '', namespaces, '', ''",
      "/api/v1/namespaces/shop, '', '', namespaces, shop, ''",
      "/api/v1/namespaces/shop/status, '', '', namespaces, shop, status",
      "/apis/apps/v1, '', '', '', '', ''",
      "/livez/etcd, '', '', '', '', ''"})
  @DisplayName("A path says which resource it is about; discovery and health are about none")
  void readsPaths(String path, String group, String namespace, String resource, String name, String subresource) {
    var request = new Request("GET", path, "");

    assertThat(request.group()).isEqualTo(group);
    assertThat(request.namespace()).isEqualTo(namespace);
    assertThat(request.resource()).isEqualTo(resource);
    assertThat(request.name()).isEqualTo(name);
    assertThat(request.subresource()).isEqualTo(subresource);
  }

  @ParameterizedTest
  @ValueSource(strings = {
      "POST /apis/apps/v1/namespaces/shop/deployments HTTP/1.1",
      "PUT /apis/serin.dev/v1alpha1/namespaces/shop/rollouts/web/status HTTP/1.1",
      "PATCH /apis/apps/v1/namespaces/shop/deployments/web?fieldManager=serin HTTP/1.1",
      "DELETE /api/v1/namespaces/shop/pods HTTP/1.1",
      "POST /apis/example.com/v1/namespaces/shop/leases HTTP/1.1"})
  @DisplayName("What changes an object is a write")
  void writes(String line) {
    assertThat(Request.parse(line).write()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {
      "GET /apis/apps/v1/namespaces/shop/deployments/web HTTP/1.1",
      "PATCH /apis/apps/v1/namespaces/shop/deployments/web?fieldManager=serin&dryRun=All HTTP/1.1",
      "POST /apis/events.k8s.io/v1/namespaces/shop/events HTTP/1.1",
      "POST /api/v1/namespaces/shop/events HTTP/1.1",
      "PUT /apis/coordination.k8s.io/v1/namespaces/shop/leases/serin HTTP/1.1",
      "POST /apis/authorization.k8s.io/v1/selfsubjectaccessreviews HTTP/1.1",
      "POST /apis/authentication.k8s.io/v1/tokenreviews HTTP/1.1"})
  @DisplayName("Reads, dry runs, events, leases and questions are no writes")
  void notWrites(String line) {
    assertThat(Request.parse(line).write()).isFalse();
  }

  @Test
  @DisplayName("A watch is a GET that says so")
  void watches() {
    assertThat(Request.parse("GET /api/v1/pods?allowWatchBookmarks=true&watch=true HTTP/1.1").watch()).isTrue();
    assertThat(Request.parse("GET /api/v1/pods?allowWatchBookmarks=true HTTP/1.1").watch()).isFalse();
  }

  @Test
  @DisplayName("What is not the first line of a request is refused and shown")
  void refusesNonsense() {
    assertThatThrownBy(() -> Request.parse("GET pods HTTP/1.1")).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("not the first line of a request: GET pods HTTP/1.1");
  }
}
