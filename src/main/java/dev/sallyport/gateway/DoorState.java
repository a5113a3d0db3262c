package dev.sallyport.gateway;

/// Where a node is in its life, as callers notice it.
enum DoorState {
  STARTING,
  OPEN,
  DRAINING,
  CLOSED
}
