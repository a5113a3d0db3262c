package dev.sallyport.connections.flow;

import dev.sallyport.authz.CallContext;
import dev.sallyport.authz.PublicEndpoint;
import dev.sallyport.problem.SallyportException;
import dev.sallyport.ratelimit.LimitKind;
import dev.sallyport.ratelimit.RequestLimits;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/// `GET /oauth/connect/start?link=`, or `?app=` for oneself: who asks for what; `POST` agrees and
/// goes off to the authorization server.
@WebServlet(StartServlet.PATH)
@PublicEndpoint("Asks for the person's own sign-in, and for no permission: it is their account.")
public class StartServlet extends HttpServlet {
  static final String PATH = "/oauth/connect/start";

  @Inject ConnectStart start;
  @Inject ConnectAnswers answers;
  @Inject RequestLimits limits;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    ConnectWish wish = ConnectWish.of(request);
    answer(wish, () -> start.open(wish), new ConnectAnswers.Http(request, response));
  }

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    ConnectWish wish = ConnectWish.of(request);
    var http = new ConnectAnswers.Http(request, response);
    if ("no".equals(request.getParameter("decision"))) {
      answers.declined(http);
      return;
    }
    answer(wish, () -> start.agreed(wish), http);
  }

  private interface Leading {
    ConnectStep lead();
  }

  private void answer(ConnectWish wish, Leading leading, ConnectAnswers.Http http)
      throws IOException {
    try {
      String address = CallContext.current().address();
      limits.require(LimitKind.CONNECT, RequestLimits.addressKey(address));
      answers.step(leading.lead(), wish, http);
    } catch (SallyportException e) {
      answers.refused(e, http);
    }
  }
}
