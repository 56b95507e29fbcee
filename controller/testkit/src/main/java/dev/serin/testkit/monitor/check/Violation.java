package dev.serin.testkit.monitor.check;

/// A promise that was broken.
///
/// @param invariant
///          which one, such as `I1`
/// @param revision
///          of etcd, that of the write that broke it
/// @param key
///          of the object in etcd, such as `/registry/deployments/shop/web`
/// @param namespace
///          of the object
/// @param message
///          one sentence with the values
public record Violation(String invariant, long revision, String key, String namespace, String message) {}
