package dev.sallyport.connections.grants;

/// What became of the refreshes of this node since it started.
///
/// @param ended those after which the person must sign in again
/// @param millis how long all of them took together
public record RefreshCounts(long done, long failed, long ended, long millis) {}
