package dev.serin.judge;

/// How much a signature matters: a critical one has a double share of alpha.
public enum Severity {
  NORMAL, CRITICAL
}
