package dev.serin.e2e.contract;

/// Where a contract is tested.
interface Contract {

  Cluster cluster();

  default Api api() {
    return cluster().api();
  }
}
