package dev.serin.sandbox.api;

/// One request, as an audit log would name it.
///
/// @param verb
///          `get`, `list`, `watch`, `create`, `update`, `patch`, `delete`, `deletecollection`
/// @param resource
///          such as `pods`, `deployments.apps/scale`; the path for what is not a resource
/// @param namespace
///          empty for all or none
/// @param name
///          empty for collections
public record Access(String verb, String resource, String namespace, String name, String userAgent) {}
