package dev.sallyport.login.flow;

import dev.sallyport.authz.CallContext;
import dev.sallyport.authz.PublicEndpoint;
import dev.sallyport.consolesessions.TripCookies;
import dev.sallyport.consolesessions.signin.ReturnPath;
import dev.sallyport.ratelimit.LimitKind;
import dev.sallyport.ratelimit.RequestLimits;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/// `GET /auth/oidc/login?provider=&return_to=`: off to the identity provider.
@WebServlet("/auth/oidc/login")
@PublicEndpoint("Signing in comes before there is an actor.")
public class LoginServlet extends HttpServlet {
  @Inject SignInStart start;
  @Inject PreLoginCookies cookies;
  @Inject SignInRefusals refusals;
  @Inject RequestLimits limits;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String provider = request.getParameter("provider");
    ReturnPath returnTo = ReturnPath.of(request.getParameter("return_to"));
    try {
      String address = CallContext.current().address();
      limits.require(LimitKind.OIDC_LOGIN, RequestLimits.addressKey(address));
      SignInStart.Started started = start.begin(provider, returnTo);
      cookies.set(new TripCookies.Trip(started.id(), started.state()), request, response);
      response.setHeader("Cache-Control", "no-store");
      response.setStatus(HttpServletResponse.SC_SEE_OTHER);
      response.setHeader("Location", started.goTo().toString());
    } catch (RuntimeException e) {
      refusals.refuse(
          e,
          new SignInRefusals.Attempt(provider, returnTo),
          new SignInRefusals.Http(request, response));
    }
  }
}
