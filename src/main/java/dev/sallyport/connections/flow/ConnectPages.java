package dev.sallyport.connections.flow;

import static dev.sallyport.api.Html.escaped;
import static dev.sallyport.api.Html.prose;

import dev.sallyport.api.PlainPage;
import dev.sallyport.problem.ProblemType;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The pages of the way, without any script.
@ApplicationScoped
class ConnectPages {
  private static final PlainPage PAGE = PlainPage.notice("form-action 'self'");
  private static final String NAMELESS = "an agent that does not say its name";

  /// What a page says. Title and lead are plain text, the body is HTML.
  private record Content(String title, String lead, String body, String head) {
    Content(String title, String lead, String body) {
      this(title, lead, body, "");
    }
  }

  void ask(ConnectStep.Ask ask, ConnectWish wish, ConnectAnswers.Http http) throws IOException {
    String agent = ask.agentClient();
    String lead =
        agent == null
            ? "You connect your account at this app's server, for agents that you allow."
            : "An agent wants to use this app as you.";
    String facts =
        row("App", escaped(ask.app()))
            + row("Its server", escaped(ask.host()))
            + (agent == null ? "" : row("Agent", escaped(agent.isEmpty() ? NAMELESS : agent)))
            + row("You", escaped(ask.person()))
            + row(ask.isConnected() ? "Connected at" : "You sign in at", escaped(ask.server()))
            + row("Rights", rights(ask.scopes()));
    String form =
        """
        <dl>%s</dl>
        <form method="post" action="%s">
        %s<button name="decision" value="yes">Allow</button>
        <button class="quiet" name="decision" value="no">Cancel</button>
        </form>
        <p class="small">If you did not start an agent just now, cancel.</p>
        """
            .formatted(facts, StartServlet.PATH, hidden(wish));
    write(new Content("Connect your account", lead, form), http);
  }

  private static String rights(List<String> scopes) {
    return scopes.isEmpty()
        ? "what the server gives by itself"
        : scopes.stream()
            .map(scope -> "<code>" + escaped(scope) + "</code>")
            .collect(Collectors.joining(" "));
  }

  private static String hidden(ConnectWish wish) {
    return hidden("link", wish.link())
        + hidden("app", wish.app())
        + hidden("return_to", wish.returnTo());
  }

  private static String hidden(String name, @Nullable String value) {
    return value == null
        ? ""
        : "<input type=\"hidden\" name=\"%s\" value=\"%s\">".formatted(name, escaped(value));
  }

  void done(ConnectStep.Done done, ConnectAnswers.Http http) throws IOException {
    String agent = done.agentClient();
    String body =
        agent == null
            ? "<p>Agents may use it once you allow them. You can close this page.</p>"
            : "<p>Go back to your agent and let it repeat what it tried. You can close this page."
                + "</p>";
    write(new Content("Connected", "Your account at " + done.app() + " is connected.", body), http);
  }

  void declined(ConnectAnswers.Http http) throws IOException {
    write(
        new Content(
            "Nothing connected",
            "You did not allow it, so nothing was connected.",
            "<p>You can close this page.</p>"),
        http);
  }

  /// Leads on by itself, or by a click.
  void onward(URI target, ConnectAnswers.Http http) throws IOException {
    String url = escaped(target.toString());
    String where = target.getHost() == null ? "" : " to " + target.getHost();
    write(
        new Content(
            "One moment",
            "You are being taken" + where + ".",
            "<p><a class=\"button\" href=\"%s\">Go on</a></p>".formatted(url),
            "<meta http-equiv=\"refresh\" content=\"0; url=%s\">".formatted(url)),
        http);
  }

  void refused(ProblemType type, String detail, ConnectAnswers.Http http) throws IOException {
    String more = detail.equals(type.cause()) ? "" : "<p>" + escaped(detail) + "</p>";
    String body =
        more + "<p>" + prose(type.fix()) + "</p><p class=\"small\">Nothing was stored.</p>";
    write(new Content(type.title(), type.cause(), body), http);
  }

  private static String row(String name, String html) {
    return "<div><dt>%s</dt><dd>%s</dd></div>".formatted(name, html);
  }

  private static void write(Content content, ConnectAnswers.Http http) throws IOException {
    // Not no-referrer: browsers would then send the form with the origin "null".
    http.response().setHeader("Referrer-Policy", "same-origin");
    PAGE.write(
        http.request().getServletContext(),
        http.response(),
        Map.of(
            "head",
            content.head,
            "title",
            escaped(content.title),
            "lead",
            prose(content.lead),
            "body",
            content.body));
  }
}
