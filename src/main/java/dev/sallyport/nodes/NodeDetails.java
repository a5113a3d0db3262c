package dev.sallyport.nodes;

import java.time.Instant;

/// A server of this system.
///
/// @param id another one after each start
/// @param state `ready`, `not-current` while it can't know who was signed out, or `silent` when it
///     has not been heard of for a while: stopped, crashed, or cut off from the database
/// @param seenAt when it last said that it is there
public record NodeDetails(
    String id, String name, String state, Instant startedAt, Instant seenAt) {}
