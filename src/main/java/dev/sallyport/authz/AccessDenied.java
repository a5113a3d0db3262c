package dev.sallyport.authz;

/// Fired when an actor was refused; the audit listens.
public record AccessDenied(CallContext context, Permission permission) {}
