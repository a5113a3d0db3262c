package dev.sallyport.keyring;

/// A master key and what is encrypted with it.
///
/// @param id follows from the key, and tells nothing of it
/// @param state `present` for the one that encrypts, `old` for one that only decrypts, `missing`
///     for one that is not given any more
/// @param secrets how many secrets only this key can read
public record MasterKeyDetails(String id, String state, long secrets) {}
