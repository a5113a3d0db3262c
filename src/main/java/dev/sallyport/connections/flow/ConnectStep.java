package dev.sallyport.connections.flow;

import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where a browser is led next.
sealed interface ConnectStep {
  /// To the sign-in: nobody is known yet.
  record SignIn() implements ConnectStep {}

  /// To the page that says who asks for what.
  ///
  /// @param agentClient null when the person connects for themselves
  /// @param host where what is allowed is sent to
  /// @param server the issuer of the authorization server
  /// @param isConnected whether the account is connected already and only this agent is new
  record Ask(
      String app,
      String host,
      @Nullable String agentClient,
      String person,
      String server,
      boolean isConnected,
      List<String> scopes)
      implements ConnectStep {}

  /// To the authorization server.
  ///
  /// @param id what the browser's cookie shall name
  record Go(String id, String state, URI goTo) implements ConnectStep {}

  /// To the end: the account is connected and the agent may use it.
  record Done(String app, @Nullable String agentClient, @Nullable String returnTo)
      implements ConnectStep {}
}
