package dev.sallyport.launch;

import static dev.sallyport.api.Html.escaped;
import static dev.sallyport.api.Html.prose;

import dev.sallyport.api.PlainPage;
import dev.sallyport.config.Settings;
import dev.sallyport.problem.ProblemType;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;

/// Says why an app does not open, and whom to ask.
@ApplicationScoped
class LaunchPage {
  private static final PlainPage PAGE = PlainPage.notice("form-action 'none'");

  @Inject Settings settings;

  /// One request and its answer.
  record Http(HttpServletRequest request, HttpServletResponse response) {}

  void refused(String app, ProblemType type, String detail, Http http) throws IOException {
    http.response().setStatus(type.status());
    PAGE.write(
        http.request().getServletContext(),
        http.response(),
        Map.of(
            "head", "",
            "title", escaped(type.title()),
            "lead", prose("The app `" + app + "` does not open."),
            "body", body(app, type, detail)));
  }

  private String body(String app, ProblemType type, String detail) {
    return """
    <p>%1$s</p>
    <p>%2$s</p>
    <p>If you should have access, ask %3$s and name the reason <code>%4$s</code>.</p>
    <p><a class="button" href="/launch/%5$s">Try again</a></p>
    <p class="small"><a href="/my-apps">My apps</a></p>\
    """
        .formatted(
            prose(told(type, detail)),
            prose(type.fix()),
            escaped(settings.helpContact()),
            escaped(type.code()),
            escaped(app));
  }

  /// The reasons for tokens, in words for somebody who has none.
  private static String told(ProblemType type, String detail) {
    return switch (type) {
      case NOT_ALLOWED -> "You are signed in, but the app's rules do not let you in.";
      case INSUFFICIENT_SCOPE ->
          "The app's rules ask for scopes, which an agent's token has and a browser has not.";
      default -> detail;
    };
  }
}
