package dev.sallyport.launch;

import dev.sallyport.authz.CallContext;
import dev.sallyport.authz.PublicEndpoint;
import dev.sallyport.problem.ProblemType;
import dev.sallyport.problem.SallyportException;
import dev.sallyport.ratelimit.LimitKind;
import dev.sallyport.ratelimit.RequestLimits;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// `GET /launch/{app}`: where an app's own host sends a browser that it does not know. Whoever is
/// signed in goes back with a code, everybody else signs in first, and who may not enter reads why.
@WebServlet(OwnPaths.LAUNCH + "*")
@PublicEndpoint("Asks for the person's own sign-in, and for no permission: the app's rules decide.")
public class LaunchServlet extends HttpServlet {
  @Inject LaunchService launches;
  @Inject LaunchPage page;
  @Inject RequestLimits limits;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setHeader("Cache-Control", "no-store");
    response.setHeader("Referrer-Policy", "no-referrer");
    String app = app(request);
    try {
      String address = CallContext.current().address();
      limits.require(LimitKind.LAUNCH, RequestLimits.addressKey(address));
      Optional<ProblemType> reason = reason(request.getParameter("reason"));
      if (reason.isPresent()) {
        page.refused(app, reason.get(), reason.get().cause(), http(request, response));
      } else {
        launch(app, request, response);
      }
    } catch (SallyportException e) {
      e.retryAfterSeconds()
          .ifPresent(seconds -> response.setHeader("Retry-After", String.valueOf(seconds)));
      page.refused(app, e.type(), e.detail(), http(request, response));
    }
  }

  private void launch(String app, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String challenge = request.getParameter("challenge");
    if (CallContext.current().actor().isAnonymous()) {
      String wanted = OwnPaths.LAUNCH + app + (challenge == null ? "" : "?challenge=" + challenge);
      goTo("/auth/sign-in?return_to=" + encoded(wanted), response);
      return;
    }
    switch (launches.launch(app, challenge)) {
      case Launch.Go(String url) -> goTo(url, response);
      case Launch.Begin(String address) -> goTo(address, response);
      case Launch.Unknown() -> {
        ProblemType type = ProblemType.APP_NOT_FOUND;
        page.refused(app, type, type.cause(), http(request, response));
      }
      case Launch.Refused(ProblemType type, String detail) ->
          page.refused(app, type, detail, http(request, response));
    }
  }

  private static String app(HttpServletRequest request) {
    String path = request.getPathInfo();
    return path == null ? "" : path.substring(1);
  }

  /// Only what is one of our own reasons is ever shown.
  private static Optional<ProblemType> reason(@Nullable String code) {
    return Arrays.stream(ProblemType.values()).filter(t -> t.code().equals(code)).findFirst();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  // Not sendRedirect: that would put the Host header into the address.
  private static void goTo(String url, HttpServletResponse response) {
    response.setStatus(HttpServletResponse.SC_SEE_OTHER);
    response.setHeader("Location", url);
  }

  private static LaunchPage.Http http(HttpServletRequest request, HttpServletResponse response) {
    return new LaunchPage.Http(request, response);
  }
}
