package dev.serin.judge;

/// One side of the comparison: the new version's pods, or what they are compared with.
public enum Arm {
  CANARY, BASELINE
}
