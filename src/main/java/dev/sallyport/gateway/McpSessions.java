package dev.sallyport.gateway;

import dev.sallyport.appsessions.LiveToken;
import dev.sallyport.gateway.SessionHeader.Location;
import java.util.Optional;

/// The MCP sessions of clients: the id of each says where it lives, and to its own person alone.
record McpSessions(SessionHeader header, Handover handover) {

  /// The id that a client gets for its session.
  String id(LiveToken token, Location location) {
    return header.seal(token.session().handleOwner(), location);
  }

  /// What an id says; empty when it is none of ours, or another's.
  Optional<Location> said(LiveToken token, String id) {
    return header.open(token.session().handleOwner(), id);
  }

  /// The place at an upstream, be it that the session was handed over; empty when there is none.
  Optional<Location> upstream(LiveToken token, String id) {
    return said(token, id).flatMap(at -> at.isHere() ? handover.known(id) : Optional.of(at));
  }

  /// A session that began with the gateway and has not been handed over by this node.
  Optional<Location> begunHere(LiveToken token, String id) {
    return handover.known(id).isPresent()
        ? Optional.empty()
        : said(token, id).filter(Location::isHere);
  }
}
