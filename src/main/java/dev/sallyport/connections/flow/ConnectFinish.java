package dev.sallyport.connections.flow;

import dev.sallyport.connections.clients.OAuthClients;
import dev.sallyport.connections.flow.ConnectMessages.Peers;
import dev.sallyport.connections.flow.ConnectState.Trip;
import dev.sallyport.connections.grants.CodeExchange;
import dev.sallyport.connections.grants.TokenAnswer;
import dev.sallyport.connections.grants.TokenCalls;
import dev.sallyport.connections.grants.Tokens;
import dev.sallyport.connections.remote.AuthorizationServer;
import dev.sallyport.crypto.Secret;
import dev.sallyport.crypto.TokenHash;
import dev.sallyport.problem.ProblemType;
import dev.sallyport.problem.SallyportException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Objects;
import java.util.Optional;

/// The second half, in the order of its checks: the browser, the person, the server, the code.
@ApplicationScoped
class ConnectFinish {
  private static final String DENIED = "access_denied";

  @Inject ConnectStates states;
  @Inject Visitors visitors;
  @Inject ConnectPlans plans;
  @Inject ConnectDeparture departure;
  @Inject ConnectCompletion completion;
  @Inject OAuthClients clients;
  @Inject TokenCalls calls;

  /// Takes what the browser's cookie names. What is wrong from here on is known to concern it.
  ConnectState take(ConnectAnswer answer, Optional<String> id) {
    ConnectState state =
        states
            .take(id.orElseThrow(() -> refusal(ProblemType.CONNECT_COOKIE_MISSING)))
            .orElseThrow(() -> refusal(ProblemType.CONNECT_EXPIRED));
    if (!TokenHash.ofHex(state.stateHash()).isSame(TokenHash.of(answer.state()))) {
      throw refusal(ProblemType.CONNECT_STATE_MISMATCH);
    }
    return state;
  }

  ConnectStep finish(ConnectAnswer answer, ConnectState state) {
    Trip trip = state.trip();
    visitors.require(trip.target().person());
    Peers peers = plans.peers(trip);
    checkPath(answer, peers);
    checkIss(answer, peers);
    Secret code = answer.code();
    if (code == null) {
      String error = String.valueOf(answer.error());
      // Most often it would have had to show something (OpenID Connect Core section 3.1.2.6); some
      // have other words for that, or do not know how to keep silent.
      if (trip.silent() && !error.equals(DENIED)) {
        return departure.leave(peers, trip.aloud());
      }
      throw serverError(error);
    }
    var exchange =
        new CodeExchange(code, new Secret(state.verifier()), peers.redirectUri(), trip.resource());
    Tokens tokens = tokens(peers, exchange);
    String app = completion.complete(trip, peers.client(), tokens);
    return new ConnectStep.Done(app, trip.target().agentClient(), trip.returnTo());
  }

  /// RFC 9700 section 4.4.2.2: what came back to another server's address is another server's.
  private static void checkPath(ConnectAnswer answer, Peers peers) {
    if (!answer.path().equals(peers.redirectUri().getRawPath())) {
      throw new SallyportException(
          ProblemType.CONNECT_ISS_MISMATCH,
          "The answer came back to the address of another authorization server than the one that you"
              + " were sent to.");
    }
  }

  /// RFC 9207 section 2.4: against answers that one server's client got from another; errors too.
  private static void checkIss(ConnectAnswer answer, Peers peers) {
    AuthorizationServer server = peers.server();
    if (answer.iss() == null && server.issInResponse()) {
      throw refusal(ProblemType.CONNECT_ISS_MISSING);
    }
    if (answer.iss() != null && !answer.iss().equals(server.issuer())) {
      throw refusal(ProblemType.CONNECT_ISS_MISMATCH);
    }
    // RFC 9700 section 4.4: a server could name another one's page, and have that one's codes.
    if (answer.iss() == null && peers.client().secret() == null && !server.staysAtOneOrigin()) {
      throw refusal(ProblemType.CONNECT_SERVER_MIXED);
    }
  }

  private Tokens tokens(Peers peers, CodeExchange exchange) {
    return switch (calls.exchange(peers.server(), peers.client(), exchange)) {
      case TokenAnswer.Granted(Tokens tokens) -> tokens;
      case TokenAnswer.Refused(String code) -> {
        if (code.equals("invalid_client")) {
          clients.forgotten(peers.client());
        }
        throw new SallyportException(
            ProblemType.CONNECT_CODE_REFUSED,
            "The authorization server answered: " + Objects.requireNonNull(code) + ".");
      }
      case TokenAnswer.Unreachable unreachable ->
          throw new SallyportException(
              ProblemType.CONNECT_SERVER_UNAVAILABLE, unreachable.detail());
    };
  }

  private static SallyportException serverError(String error) {
    boolean isDenied = error.equals(DENIED);
    boolean isPlain = error.matches("[A-Za-z0-9_.-]{1,80}");
    return new SallyportException(
        isDenied ? ProblemType.CONNECT_DENIED : ProblemType.CONNECT_SERVER_ERROR,
        "The authorization server answered: " + (isPlain ? error : "an unusual error") + ".");
  }

  static SallyportException refusal(ProblemType type) {
    return new SallyportException(type, type.cause());
  }
}
