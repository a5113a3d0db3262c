package dev.sallyport.connections.flow;

import dev.sallyport.authz.CallContext;
import dev.sallyport.authz.PublicEndpoint;
import dev.sallyport.config.Settings;
import dev.sallyport.connections.clients.ReturnAddresses;
import dev.sallyport.problem.SallyportException;
import dev.sallyport.ratelimit.LimitKind;
import dev.sallyport.ratelimit.RequestLimits;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;

/// `GET /oauth/connect/callback`, and below it the addresses of single servers: back from the
/// authorization server.
@WebServlet({ReturnAddresses.PATH, ReturnAddresses.PATH + "/*"})
@PublicEndpoint("Takes what this browser set out for, for the person who is signed in.")
public class ConnectCallbackServlet extends HttpServlet {
  private static final String AGAIN = "again";

  @Inject ConnectFinish finish;
  @Inject ConnectCookies cookies;
  @Inject ConnectAnswers answers;
  @Inject RequestLimits limits;
  @Inject Settings settings;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    var http = new ConnectAnswers.Http(request, response);
    if (isForeignNavigation(request)) {
      answers.reload(path(request) + "?" + request.getQueryString() + "&" + AGAIN + "=1", http);
      return;
    }
    try {
      String address = CallContext.current().address();
      limits.require(LimitKind.CONNECT, RequestLimits.addressKey(address));
      ConnectAnswer answer = ConnectAnswer.read(path(request), request.getParameterMap());
      Optional<String> id = cookies.find(answer.state(), request);
      id.ifPresent(known -> cookies.clear(answer.state(), response));
      ConnectState state = finish.take(answer, id);
      answers.step(finish.finish(answer, state), http);
    } catch (SallyportException e) {
      answers.refused(e, http);
    }
  }

  private static String path(HttpServletRequest request) {
    String rest = request.getPathInfo();
    return rest == null ? ReturnAddresses.PATH : ReturnAddresses.PATH + rest;
  }

  /// Browsers send no strict cookie with a navigation that began at another site: a page of ours
  /// begins a new one.
  private boolean isForeignNavigation(HttpServletRequest request) {
    return "Strict".equals(settings.cookies().sameSite())
        && path(request).matches("[a-z0-9/]+")
        && CallContext.current().actor().isAnonymous()
        && request.getQueryString() != null
        && request.getParameter(AGAIN) == null;
  }
}
