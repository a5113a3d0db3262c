package dev.sallyport.apps;

/// Fired within the transaction that deletes an app.
public record AppDeleted(String appId) {}
