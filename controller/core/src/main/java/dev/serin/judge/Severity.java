package dev.serin.judge;

/// How much a signature matters: a critical one has a double share of alpha, and proof is needed for it to advance.
public enum Severity {
  NORMAL, CRITICAL
}
