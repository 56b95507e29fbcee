/// What Serin relies on in a Kubernetes API server, as one suite of contracts that runs against the real control plane and
/// against the sandbox.
@NullMarked
package dev.serin.e2e.contract;

import org.jspecify.annotations.NullMarked;
