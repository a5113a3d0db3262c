package dev.sallyport.logout;

import dev.sallyport.jose.KeySource;
import java.util.List;
import java.util.Set;

/// A sign-in provider as far as logout is concerned.
///
/// @param clients whom logout tokens may be for besides the provider's own client
/// @param endsPerson whether every logout ends all of the person
/// @param endsConnections whether the person's connections end with it, too
/// @param subjectClaim the claim that names people of this issuer
record LogoutParty(
    String id,
    String name,
    String clientId,
    Set<String> clients,
    boolean endsPerson,
    boolean endsConnections,
    String subjectClaim,
    KeySource keys) {

  /// The first of these, ending what any of them ends: an agent's client may belong to several.
  static LogoutParty strictest(List<LogoutParty> parties) {
    LogoutParty first = parties.getFirst();
    return new LogoutParty(
        first.id,
        first.name,
        first.clientId,
        first.clients,
        parties.stream().anyMatch(LogoutParty::endsPerson),
        parties.stream().anyMatch(LogoutParty::endsConnections),
        first.subjectClaim,
        first.keys);
  }

  boolean isFor(String audience) {
    return clientId.equals(audience) || clients.contains(audience);
  }
}
