package dev.serin.judge;

/// What happens when a step reaches its maxDuration without a clear verdict.
public enum OnInconclusive {
  HOLD, PROMOTE, ROLL_BACK
}
