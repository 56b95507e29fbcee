package dev.serin.e2e.story.delivery;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.UpgradeCommand;
import dev.serin.e2e.story.Shop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A chart with the shop's Deployment, which says `paused: false`, and its release.
///
/// @param folder
///          of the chart
/// @param kubeconfig
///          of whoever delivers
record ShopChart(Path folder, Path kubeconfig, String namespace) {

  private static final String RELEASE = "shop";

  static ShopChart write(Path folder, Path kubeconfig, String namespace) throws IOException {
    Files.writeString(folder.resolve("Chart.yaml"), """
        apiVersion: v2
        name: shop
        version: 1.0.0
        """);
    Files.createDirectory(folder.resolve("templates"));
    Files.writeString(folder.resolve("templates/deployment.yaml"),
        Shop.manifest(Shop.Shape.USUAL, "{{ .Values.image }}").replace("\nspec:\n", "\nspec:\n  paused: false\n"));
    return new ShopChart(folder, kubeconfig, namespace);
  }

  /// Makes a Deployment that exists the release's own.
  void adopt(Shop shop, String image) {
    shop.kubectl("label", "deployment/shop", "app.kubernetes.io/managed-by=Helm");
    shop.kubectl("annotate", "deployment/shop", "meta.helm.sh/release-name=" + RELEASE,
        "meta.helm.sh/release-namespace=" + namespace);
    new Helm(folder).install().withName(RELEASE).withNamespace(namespace).withKubeConfig(kubeconfig)
        .set("image", image).call();
  }

  void upgrade(String image) {
    upgrading(image).call();
  }

  /// Replaces objects instead of patching them.
  void upgradeWithForce(String image) {
    upgrading(image).force().call();
  }

  private UpgradeCommand upgrading(String image) {
    return new Helm(folder).upgrade().withName(RELEASE).withNamespace(namespace).withKubeConfig(kubeconfig)
        .set("image", image);
  }
}
