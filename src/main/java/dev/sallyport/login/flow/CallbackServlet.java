package dev.sallyport.login.flow;

import dev.sallyport.authz.CallContext;
import dev.sallyport.authz.PublicEndpoint;
import dev.sallyport.consolesessions.signin.ReturnPath;
import dev.sallyport.consolesessions.signin.SignInCookies;
import dev.sallyport.ratelimit.LimitKind;
import dev.sallyport.ratelimit.RequestLimits;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// `GET /auth/oidc/callback`: back from the identity provider.
@WebServlet("/auth/oidc/callback")
@PublicEndpoint("Signing in comes before there is an actor.")
public class CallbackServlet extends HttpServlet {
  @Inject SignInFinish finish;
  @Inject PreLoginCookies cookies;
  @Inject SignInCookies sessionCookies;
  @Inject SignInRefusals refusals;
  @Inject RequestLimits limits;
  @Inject Welcome welcome;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    @Nullable PreLogin login = null;
    try {
      String address = CallContext.current().address();
      limits.require(LimitKind.OIDC_CALLBACK, RequestLimits.addressKey(address));
      CallbackAnswer answer = CallbackAnswer.read(request.getParameterMap());
      var id = cookies.find(answer.state(), request);
      id.ifPresent(known -> cookies.clear(answer.state(), response));
      login = finish.take(answer, id);
      String agent = Objects.requireNonNullElse(request.getHeader("User-Agent"), "");
      SignInFinish.Finished finished = finish.finish(answer, login, agent);
      sessionCookies.write(response, finished.session());
      welcome.send(finished.returnTo(), response);
    } catch (RuntimeException e) {
      var attempt =
          login == null
              ? new SignInRefusals.Attempt(null, ReturnPath.HOME)
              : new SignInRefusals.Attempt(login.providerId(), ReturnPath.of(login.returnTo()));
      refusals.refuse(e, attempt, new SignInRefusals.Http(request, response));
    }
  }
}
