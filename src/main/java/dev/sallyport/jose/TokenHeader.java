package dev.sallyport.jose;

import org.jspecify.annotations.Nullable;

/// The members of a token's header that are read. Keys that the header brings along (`jwk`, `jku`,
/// `x5c`, `x5u`) are not: they would let the token choose its judge.
public record TokenHeader(@Nullable String alg, @Nullable String kid, @Nullable String typ) {}
