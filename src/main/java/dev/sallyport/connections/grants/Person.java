package dev.sallyport.connections.grants;

/// Who granted: the issuer and subject of the identity that the gateway verified.
public record Person(String issuer, String subject) {}
