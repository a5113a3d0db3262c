package dev.sallyport.consolesessions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.testing.RunningServer;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// What a browser's open pages get when their console session is over.
@ExtendWith(RunningServer.Extension.class)
class OpenPagesIT {
  private static final int PAGES = 8;
  private static final int ROUNDS = 12;

  @Test
  void pagesWhenSessionEndedThenAllOfThemAreLedToTheSignInPage(RunningServer server)
      throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      try (ConsoleBrowser browser = new ConsoleBrowser(server)) {
        browser.signIn(server.adminKey());
        assertThat(browser.get("/account").statusCode()).isEqualTo(200);
        String ended = browser.cookie("sallyport_session");
        browser.rest("DELETE", "auth/sessions/" + browser.session(), "");

        assertThat(atOnce(() -> page(server, ended, browser.cookie("sallyport_view"))))
            .containsOnly(303);
      }
    }
  }

  private static int page(RunningServer server, String session, String pages) {
    try (ConsoleBrowser tab = new ConsoleBrowser(server)) {
      tab.put("sallyport_session", session);
      tab.put("sallyport_view", pages);
      return tab.get("/account").statusCode();
    }
  }

  private static List<Integer> atOnce(Callable<Integer> call) throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(PAGES)) {
      List<Callable<Integer>> calls = IntStream.range(0, PAGES).mapToObj(i -> call).toList();
      return threads.invokeAll(calls).stream().map(Future::resultNow).toList();
    }
  }
}
