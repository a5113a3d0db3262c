package dev.sallyport.connections.flow;

import dev.sallyport.connections.flow.ConnectMessages.Peers;
import dev.sallyport.connections.flow.ConnectState.Trip;
import dev.sallyport.crypto.RandomTokens;
import dev.sallyport.crypto.TokenHash;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/// Remembers a trip and sends the browser off.
@ApplicationScoped
class ConnectDeparture {
  @Inject ConnectStates states;

  ConnectStep.Go leave(Peers peers, Trip trip) {
    String state = random();
    String verifier = random();
    String id = states.keep(new ConnectState(TokenHash.of(state).hex(), verifier, trip));
    return new ConnectStep.Go(
        id, state, ConnectMessages.authorization(peers, trip, state, verifier));
  }

  /// 32 bytes, as 43 letters that are right for state and verifier.
  private static String random() {
    return RandomTokens.credential("").reveal();
  }
}
