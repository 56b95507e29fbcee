package dev.serin.signature.merge;

/// A pattern without the token at one position. Equal contexts may hold different tokens there.
record Context(Pattern pattern, int position) {

  boolean isHead() {
    return pattern.isHead(position);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Context context && position == context.position
        && pattern.sameContext(context.pattern, position);
  }

  @Override
  public int hashCode() {
    return pattern.contextHash(position);
  }
}
