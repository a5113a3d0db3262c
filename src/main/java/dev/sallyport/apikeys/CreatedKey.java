package dev.sallyport.apikeys;

import dev.sallyport.crypto.Secret;

/// A new key, the only time that it can be seen.
public record CreatedKey(ApiKeySummary summary, Secret key) {}
