package dev.sallyport.users;

/// A provider that people have signed in with.
public record UserProvider(String id, String name) {}
