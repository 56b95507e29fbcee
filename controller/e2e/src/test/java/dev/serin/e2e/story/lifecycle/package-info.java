/// User stories about what comes and goes while a version is tried: newer templates, Rollouts, Deployments, canaries,
/// namespaces, the operator and the API server.
@NullMarked
package dev.serin.e2e.story.lifecycle;

import org.jspecify.annotations.NullMarked;
