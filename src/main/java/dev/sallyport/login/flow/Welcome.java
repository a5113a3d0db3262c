package dev.sallyport.login.flow;

import dev.sallyport.api.Html;
import dev.sallyport.config.Settings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/// Leads whoever has signed in to where they wanted to go.
@ApplicationScoped
class Welcome {
  private static final String ONWARD =
      """
      <!doctype html><html lang="en"><meta charset="utf-8"><title>Signed in · Sallyport</title>
      <meta http-equiv="refresh" content="0;url=%1$s"><p>Signed in. <a href="%1$s">Go on</a></p>
      """;

  @Inject Settings settings;

  void send(String path, HttpServletResponse response) throws IOException {
    response.setHeader("Cache-Control", "no-store");
    if (!"Strict".equals(settings.cookies().sameSite())) {
      response.setStatus(HttpServletResponse.SC_SEE_OTHER);
      response.setHeader("Location", path);
      return;
    }
    // A redirect would go on with the navigation that began at the identity provider, and browsers
    // send no strict cookie with that. A page of ours begins a new one.
    response.setContentType("text/html; charset=utf-8");
    response.getWriter().write(ONWARD.formatted(Html.escaped(path)));
  }
}
