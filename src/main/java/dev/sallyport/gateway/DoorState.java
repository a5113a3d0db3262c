package dev.sallyport.gateway;

/// Where a node is in its life, as callers notice it.
enum DoorState {
  OPEN,
  LEAVING,
  DRAINING,
  CLOSED;

  /// A node that leaves still takes what comes, until whoever sends it has noticed.
  boolean takesCalls() {
    return this == OPEN || this == LEAVING;
  }
}
