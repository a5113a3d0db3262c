package dev.sallyport.connections.flow;

import dev.sallyport.consolesessions.TripCookies;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;

/// The cookies that tie a way to an authorization server to the browser that set out.
@ApplicationScoped
class ConnectCookies {
  @Inject TripCookies cookies;
  @Inject ConnectStates states;

  void set(ConnectStep.Go go, HttpServletRequest request, HttpServletResponse response) {
    var trip = new TripCookies.Trip(go.id(), go.state());
    cookies.set(kind(), trip, new TripCookies.Http(request, response));
  }

  /// The id of what the answer with this state belongs to, if this browser set out for it.
  Optional<String> find(String state, HttpServletRequest request) {
    return cookies.find(kind(), state, request);
  }

  void clear(String state, HttpServletResponse response) {
    cookies.clear(kind(), state, response);
  }

  private TripCookies.Kind kind() {
    return new TripCookies.Kind("sallyport_connect_", ConnectStates.PREFIX, states::waiting);
  }
}
