package dev.serin.sandbox.api.select;

import com.fasterxml.jackson.databind.JsonNode;

/// Which objects of a kind a list or watch is about.
public record Selection(LabelSelector labels, FieldSelector fields) {

  public static final Selection ALL = new Selection(LabelSelector.ALL, FieldSelector.ALL);

  public static Selection of(LabelSelector labels) {
    return new Selection(labels, FieldSelector.ALL);
  }

  public boolean matches(JsonNode object) {
    return labels.matches(object) && fields.matches(object);
  }
}
