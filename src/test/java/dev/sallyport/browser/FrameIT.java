package dev.sallyport.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.ColorScheme;
import dev.sallyport.testing.Await;
import dev.sallyport.testing.RunningServer;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Objects;
import org.junit.jupiter.api.Test;

@BrowserTest
class FrameIT {
  @Test
  void unknownPathThenIs404ForEverybody(RunningServer server, Console console) {
    assertThat(get(server, "/no/such/page").statusCode()).isEqualTo(404);
    assertThat(get(server, "/WEB-INF/web.xml").statusCode()).isEqualTo(404);

    console.signIn(server.adminKey());
    Response answer = Objects.requireNonNull(console.open("/no/such/page"));
    assertThat(answer.status()).isEqualTo(404);
    assertThat(console.heading("Page not found")).isVisible();
    assertThat(console.menu()).isVisible();
  }

  @Test
  void viewWhenAnonymousThenMakesNoServerState(RunningServer server) {
    HttpResponse<String> answer = get(server, "/sessions");
    assertThat(answer.statusCode()).isEqualTo(303);
    assertThat(answer.headers().firstValue("Location"))
        .hasValue("/auth/sign-in?return_to=%2Fsessions");
    assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
    assertThat(get(server, "/?v-r=init&location=sessions").statusCode()).isEqualTo(403);
  }

  private static HttpResponse<String> get(RunningServer server, String path) {
    return RunningServer.send(HttpRequest.newBuilder(URI.create(server.base() + path)).build());
  }

  @Test
  void viewerThenSeesNothingToEnd(RunningServer server, Console console) {
    Seeds seeds = new Seeds(server);
    String app = seeds.app();
    seeds.openSession(app, server.token("alice"));
    console.signIn(seeds.key("r-viewer"));
    console.open("/sessions?app=" + app);
    assertThat(console.rows()).hasCount(1);
    assertThat(console.page().locator("vaadin-grid vaadin-checkbox")).hasCount(0);
    assertThat(console.button("End all that match…")).hasCount(0);
    console.rows().click();
    assertThat(console.button("Close")).isVisible();
    assertThat(console.button("End session…")).hasCount(0);
  }

  @Test
  void auditorThenSeesTheAuditAlone(RunningServer server, Console console) {
    console.signInByPage(new Seeds(server).key("r-auditor"));
    assertThat(console.page()).hasURL(server.base() + "/audit");
    assertThat(console.menu().locator("vaadin-side-nav-item"))
        .containsText(new String[] {"Audit", "My account"});
    console.open("/sessions");
    assertThat(console.heading("Permission missing")).isVisible();
    assertThat(console.text("app_session.read")).isVisible();
  }

  @Test
  void schemeThenFollowsSystemUntilChosen(RunningServer server, Console console) {
    console.page().emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
    console.signInByPage(server.adminKey());
    double light = brightness(console);
    console.button("Switch between dark and light").click();
    Await.until("dark after the click", () -> brightness(console) < light / 2);
    console.page().reload();
    assertThat(console.menu()).isVisible();
    Await.until("dark after the reload", () -> brightness(console) < light / 2);
  }

  // Painted and read back, because the colours of the theme are not written as RGB.
  private static double brightness(Console console) {
    Object sum =
        console
            .page()
            .evaluate(
                """
                () => {
                  const canvas = document.createElement('canvas').getContext('2d');
                  const content = document.querySelector('vaadin-app-layout').shadowRoot
                    .querySelector('[part~=content]');
                  canvas.fillStyle = getComputedStyle(content).backgroundColor;
                  canvas.fillRect(0, 0, 1, 1);
                  return canvas.getImageData(0, 0, 1, 1).data.slice(0, 3).reduce((a, b) => a + b);
                }
                """);
    return ((Number) sum).doubleValue();
  }
}
