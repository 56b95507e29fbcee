package dev.serin.e2e.story.delivery;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serin.e2e.story.Installation;
import dev.serin.e2e.story.Shop;
import dev.serin.testkit.Actor;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookConfiguration;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Predicate;

/// A webhook that the API server asks.
record RegisteredWebhook(Installation serin, String name, Webhook server) implements AutoCloseable {

  static RegisteredWebhook of(Installation serin, Shop shop, Path folder, Predicate<JsonNode> chosen) throws Exception {
    var certificate = LoopbackCertificate.create(folder);
    var server = Webhook.start(certificate, "by a webhook", chosen);
    var made = serin.plane().applyYaml(server.registration(shop.namespace(), certificate));
    var registered = new RegisteredWebhook(serin, made.getFirst().getMetadata().getName(), server);
    // The API server learns of a new webhook a moment later.
    await("the webhook is asked").atMost(Shop.PATIENCE).pollInterval(Duration.ofMillis(100)).until(() -> {
      shop.kubectl("annotate", "--dry-run=server", "--overwrite", "deployment/shop", "example.com/asked=now");
      return server.asked() > 0;
    });
    return registered;
  }

  @Override
  public void close() {
    serin.plane().client(Actor.ADMIN).resources(MutatingWebhookConfiguration.class).withName(name).delete();
    server.close();
  }
}
