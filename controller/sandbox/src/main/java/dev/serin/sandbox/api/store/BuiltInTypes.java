package dev.serin.sandbox.api.store;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// The built-in kinds that the sandbox serves.
final class BuiltInTypes {

  private static final String ADMISSION = "admissionregistration.k8s.io";
  private static final String RBAC = "rbac.authorization.k8s.io";

  static final List<ResourceType> ALL = List.of(
      cluster("", "Namespace", "namespaces", Set.of("status", "finalize"), "ns"),
      cluster("", "Node", "nodes", Set.of("status"), "no"),
      namespaced("", "Pod", "pods", Set.of("status", "log", "binding"), "po"),
      namespaced("", "Service", "services", Set.of("status"), "svc"),
      namespaced("", "Event", "events", Set.of(), "ev"),
      namespaced("", "ConfigMap", "configmaps", Set.of(), "cm"),
      namespaced("", "Secret", "secrets", Set.of()),
      namespaced("", "ServiceAccount", "serviceaccounts", Set.of(), "sa"),
      namespaced("", "Endpoints", "endpoints", Set.of(), "ep"),
      namespaced("apps", "Deployment", "deployments", Set.of("status", "scale"), "deploy"),
      namespaced("apps", "ReplicaSet", "replicasets", Set.of("status", "scale"), "rs"),
      namespaced("apps", "ControllerRevision", "controllerrevisions", Set.of()),
      namespaced("coordination.k8s.io", "Lease", "leases", Set.of()),
      namespaced("discovery.k8s.io", "EndpointSlice", "endpointslices", Set.of()),
      namespaced("events.k8s.io", "Event", "events", Set.of(), "ev"),
      cluster("apiextensions.k8s.io", "CustomResourceDefinition", "customresourcedefinitions", Set.of("status"), "crd",
          "crds"),
      cluster("authorization.k8s.io", "SelfSubjectAccessReview", "selfsubjectaccessreviews", Set.of()),
      cluster(ADMISSION, "MutatingAdmissionPolicy", "mutatingadmissionpolicies", Set.of()),
      cluster(ADMISSION, "MutatingAdmissionPolicyBinding", "mutatingadmissionpolicybindings", Set.of()),
      cluster(ADMISSION, "ValidatingAdmissionPolicy", "validatingadmissionpolicies", Set.of("status")),
      cluster(ADMISSION, "ValidatingAdmissionPolicyBinding", "validatingadmissionpolicybindings", Set.of()),
      cluster(RBAC, "ClusterRole", "clusterroles", Set.of()),
      cluster(RBAC, "ClusterRoleBinding", "clusterrolebindings", Set.of()),
      namespaced(RBAC, "Role", "roles", Set.of()),
      namespaced(RBAC, "RoleBinding", "rolebindings", Set.of()));

  private BuiltInTypes() {}

  private static ResourceType cluster(String group, String kind, String plural, Set<String> subresources,
      String... shorts) {
    return type(group, kind, plural, false, subresources, shorts);
  }

  private static ResourceType namespaced(String group, String kind, String plural, Set<String> subresources,
      String... shorts) {
    return type(group, kind, plural, true, subresources, shorts);
  }

  private static ResourceType type(String group, String kind, String plural, boolean namespaced,
      Set<String> subresources,
      String... shorts) {
    var categories = inAll(plural) ? List.of("all") : List.<String>of();
    var names = new ResourceType.Names(kind, plural, kind.toLowerCase(Locale.ROOT), List.of(shorts), categories);
    return new ResourceType(group, "v1", names, namespaced, subresources, Optional.empty());
  }

  /// Kinds that `kubectl get all` shows.
  private static boolean inAll(String plural) {
    return switch (plural) {
      case "pods", "services", "deployments", "replicasets" -> true;
      default -> false;
    };
  }
}
