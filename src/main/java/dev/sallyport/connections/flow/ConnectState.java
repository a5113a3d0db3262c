package dev.sallyport.connections.flow;

import dev.sallyport.connections.grants.Person;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is remembered while a person is at an authorization server. It is secret as a whole.
///
/// @param stateHash of the one parameter that comes back; itself it is nowhere
public record ConnectState(String stateHash, String verifier, Trip trip) {

  /// Where to, for whom, and what for.
  ///
  /// @param link that it began with; null when the person connects for themselves
  /// @param server the issuer that the person is sent to, to the letter
  /// @param oauthClient our client there, by our own name for it
  /// @param silent whether the server is asked to answer without showing anything
  /// @param returnTo where to go afterwards instead of the page that says it is done
  public record Trip(
      Target target,
      @Nullable String link,
      String server,
      String oauthClient,
      String resource,
      List<String> scopes,
      boolean silent,
      @Nullable String returnTo) {

    /// The same, with all that the server wants to show.
    Trip aloud() {
      return new Trip(target, link, server, oauthClient, resource, scopes, false, returnTo);
    }
  }

  /// Who wants to connect what, for whom.
  ///
  /// @param agentClient null when no agent asks: the person connects for themselves; empty when the
  ///     agent names itself by nothing
  public record Target(
      Person person,
      String username,
      String appId,
      @Nullable String agentClient,
      @Nullable String appSession) {}

  @Override
  public String toString() {
    return "sign-in at " + trip.server();
  }
}
