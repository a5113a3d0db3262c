package dev.sallyport.login.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.config.Settings;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Proxy;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// How a sign-in ends for a browser: by redirect, or by a page where cookies are strict.
class WelcomeTest {
  private final Map<String, Object> said = new LinkedHashMap<>();
  private final StringWriter page = new StringWriter();

  private HttpServletResponse response() {
    return (HttpServletResponse)
        Proxy.newProxyInstance(
            WelcomeTest.class.getClassLoader(),
            new Class<?>[] {HttpServletResponse.class},
            (_, method, arguments) -> answer(method.getName(), arguments));
  }

  private @Nullable Object answer(String method, Object[] arguments) {
    switch (method) {
      case "getWriter" -> {
        return new PrintWriter(page, true);
      }
      case "setHeader" -> said.put((String) arguments[0], arguments[1]);
      default -> said.put(method, arguments[0]);
    }
    return null;
  }

  private void send(String sameSite, String path) throws IOException {
    Welcome welcome = new Welcome();
    welcome.settings =
        Settings.read(
            Map.of(
                "SALLYPORT_MASTER_KEY", "k",
                "SALLYPORT_PUBLIC_URL", "https://gw.example",
                "SALLYPORT_CONSOLE_COOKIE_SAME_SITE", sameSite));
    welcome.send(path, response());
  }

  @Test
  void sendWhenCookiesAreLaxThenRedirects() throws IOException {
    send("Lax", "/sessions?app=a");

    assertThat(said)
        .containsEntry("setStatus", 303)
        .containsEntry("Location", "/sessions?app=a")
        .containsEntry("Cache-Control", "no-store");
    assertThat(page.toString()).isEmpty();
  }

  @Test
  void sendWhenCookiesAreStrictThenAPageOfOursBeginsANewNavigation() throws IOException {
    send("Strict", "/sessions?app=a&x=%22");

    assertThat(said)
        .doesNotContainKeys("setStatus", "Location")
        .containsEntry("setContentType", "text/html; charset=utf-8")
        .containsEntry("Cache-Control", "no-store");
    assertThat(page.toString())
        .contains("http-equiv=\"refresh\" content=\"0;url=/sessions?app=a&amp;x=%22\"")
        .contains("<a href=\"/sessions?app=a&amp;x=%22\">Go on</a>");
  }

  @Test
  void sendWhenThePathHasLettersOfHtmlThenTheyStayText() throws IOException {
    send("Strict", "/a\"><script>alert(1)</script>");

    assertThat(page.toString()).doesNotContain("<script").doesNotContain("/a\"");
  }
}
