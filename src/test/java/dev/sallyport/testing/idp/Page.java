package dev.sallyport.testing.idp;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.util.List;
import java.util.stream.Collectors;

/// The issuer's pages: plain HTML without a script, dark or light as the browser likes it.
record Page(int status, String title, String body) {
  private static final String FRAME =
      """
      <!doctype html>
      <html lang="en">
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <title>%1$s · Demo</title>
      <style>
        :root { --ink: #1c2430; --soft: #5b6675; --ground: #eef1f5; --card: #fff; --line: #cbd3dd;
          --accent: #0b6e5b; --on-accent: #fff; --bad: #b3261e }
        @media (prefers-color-scheme: dark) {
          :root { --ink: #e7ebf1; --soft: #9aa6b5; --ground: #12161c; --card: #1b212a; --line: #364150;
            --accent: #4cc3a5; --on-accent: #08221b; --bad: #ff8a80 } }
        * { box-sizing: border-box }
        body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 1rem;
          background: var(--ground); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif }
        main { width: 100%%; max-width: 24rem; background: var(--card); border: 1px solid var(--line);
          border-radius: 12px; padding: 2rem }
        h1 { font-size: 1.4rem; margin: 0 0 .25rem }
        p { margin: 0 0 1.25rem; color: var(--soft) }
        p[role=alert] { color: var(--bad) }
        label { display: block; font-weight: 600; margin-bottom: 1rem }
        input { display: block; width: 100%%; margin-top: .25rem; padding: .6rem .75rem; font: inherit;
          color: inherit; background: var(--ground); border: 1px solid var(--line); border-radius: 8px }
        button { width: 100%%; padding: .65rem; font: inherit; font-weight: 600; cursor: pointer;
          color: var(--on-accent); background: var(--accent); border: 0; border-radius: 8px }
        button.quiet { margin-top: .5rem; color: var(--soft); background: none }
        :focus-visible { outline: 2px solid var(--accent); outline-offset: 2px }
        small { display: block; margin-top: 1.25rem; color: var(--soft) }
      </style>
      <main>
      <h1>%1$s</h1>
      %2$s
      </main>
      </html>
      """;

  /// Asks for name and password; with 401, once more.
  static Page signIn(int status, String client, List<DemoUser> people) {
    String names = people.stream().map(DemoUser::name).collect(Collectors.joining(", "));
    String alert =
        status == 200 ? "" : "<p role=\"alert\">User name or password is wrong. Try again.</p>\n";
    return new Page(
        status,
        "Sign in to Demo",
        """
        <p>to continue to %s</p>
        %s<form method="post">
        <label>User name <input name="username" autocomplete="username" autofocus required></label>
        <label>Password <input name="password" type="password" autocomplete="current-password" required></label>
        <button>Sign in</button>
        <button class="quiet" name="cancel" value="true" formnovalidate>Cancel</button>
        </form>
        <small>People here: %s. Their passwords stand where the demo was started, and in run.json.</small>"""
            .formatted(escaped(client), alert, escaped(names)));
  }

  static Page signedOut() {
    return new Page(
        200, "Signed out", "<p>You are signed out of Demo. You can close this page.</p>");
  }

  static Page error(int status, String sentence) {
    return new Page(status, "That did not work", "<p role=\"alert\">" + escaped(sentence) + "</p>");
  }

  void send(HttpServerExchange exchange) {
    exchange.setStatusCode(status);
    var headers = exchange.getResponseHeaders();
    headers.put(Headers.CONTENT_TYPE, "text/html; charset=utf-8");
    headers.put(Headers.CACHE_CONTROL, "no-store");
    // With "no-referrer" the form would come from the origin "null".
    headers.put(Headers.REFERRER_POLICY, "same-origin");
    headers.put(Headers.X_CONTENT_TYPE_OPTIONS, "nosniff");
    // No form-action: browsers apply it to the redirect that answers the form as well.
    headers.put(
        new HttpString("Content-Security-Policy"),
        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'");
    exchange.getResponseSender().send(FRAME.formatted(title, body));
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
