package dev.sallyport.authz;

/// Fired when an actor's credential is worth nothing any more although the actor goes on; sessions
/// that were started with it end.
public record CredentialReplaced(ActorKind kind, String actorId) {}
