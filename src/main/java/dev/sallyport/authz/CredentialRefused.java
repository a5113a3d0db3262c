package dev.sallyport.authz;

import dev.sallyport.problem.ProblemType;

/// Fired when a credential was worth nothing; the audit listens.
public record CredentialRefused(CallContext context, ProblemType reason) {}
