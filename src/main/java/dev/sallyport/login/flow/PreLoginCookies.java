package dev.sallyport.login.flow;

import dev.sallyport.consolesessions.TripCookies;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;

/// The cookies that tie a sign-in to the browser that started it.
@ApplicationScoped
class PreLoginCookies {
  @Inject TripCookies cookies;
  @Inject PreLogins logins;

  void set(TripCookies.Trip trip, HttpServletRequest request, HttpServletResponse response) {
    cookies.set(kind(), trip, new TripCookies.Http(request, response));
  }

  /// The id of the sign-in that the answer with this state belongs to, if this browser started it.
  Optional<String> find(String state, HttpServletRequest request) {
    return cookies.find(kind(), state, request);
  }

  void clear(String state, HttpServletResponse response) {
    cookies.clear(kind(), state, response);
  }

  private TripCookies.Kind kind() {
    return new TripCookies.Kind("sallyport_prelogin_", PreLogins.PREFIX, logins::waiting);
  }
}
