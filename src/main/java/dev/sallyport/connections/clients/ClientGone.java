package dev.sallyport.connections.clients;

/// This client is no more, or is another one now: what was granted to it is worth nothing. Fired
/// within the transaction that removes it.
public record ClientGone(String id) {}
