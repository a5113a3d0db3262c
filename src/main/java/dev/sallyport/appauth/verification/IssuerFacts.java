package dev.sallyport.appauth.verification;

import dev.sallyport.jose.KeySource;

/// Who signs: the exact `iss`, the claim that holds the subject, and the one key source.
public record IssuerFacts(String id, String iss, String subjectClaim, KeySource keys) {}
