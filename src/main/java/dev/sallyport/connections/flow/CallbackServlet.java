package dev.sallyport.connections.flow;

import dev.sallyport.authz.CallContext;
import dev.sallyport.authz.PublicEndpoint;
import dev.sallyport.config.Settings;
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

/// `GET /oauth/connect/callback`: back from the authorization server.
@WebServlet(CallbackServlet.PATH)
@PublicEndpoint("Takes what this browser set out for, for the person who is signed in.")
public class CallbackServlet extends HttpServlet {
  static final String PATH = "/oauth/connect/callback";
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
      answers.reload(PATH + "?" + request.getQueryString() + "&" + AGAIN + "=1", http);
      return;
    }
    try {
      String address = CallContext.current().address();
      limits.require(LimitKind.CONNECT, RequestLimits.addressKey(address));
      ConnectAnswer answer = ConnectAnswer.read(request.getParameterMap());
      Optional<String> id = cookies.find(answer.state(), request);
      id.ifPresent(known -> cookies.clear(answer.state(), response));
      ConnectState state = finish.take(answer, id);
      answers.step(finish.finish(answer, state), http);
    } catch (SallyportException e) {
      answers.refused(e, http);
    }
  }

  /// Browsers send no strict cookie with a navigation that began at another site: a page of ours
  /// begins a new one.
  private boolean isForeignNavigation(HttpServletRequest request) {
    return "Strict".equals(settings.cookies().sameSite())
        && CallContext.current().actor().isAnonymous()
        && request.getQueryString() != null
        && request.getParameter(AGAIN) == null;
  }
}
