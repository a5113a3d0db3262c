package dev.sallyport.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.http.OutboundException.Reason;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OutboundRedirectTest {
  private final Outbound outbound = Outbound.allowing("127.0.0.1");
  private LoopbackServer server;

  @BeforeEach
  void start() throws Exception {
    server = LoopbackServer.plain("127.0.0.1");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void fetchWhenRedirectedThenFollowsWithoutCookies(int status) throws Exception {
    server.redirect("/a", status, "b?x=1").answer("/b", 200, "here");
    FetchResult result = outbound.fetch(FetchRequest.get(server.url("/a")));
    assertThat(result.text()).isEqualTo("here");
    assertThat(result.url()).isEqualTo(server.url("/b?x=1"));
    assertThat(server.seen().getLast().cookie()).isEqualTo("null");
  }

  @Test
  void fetchWhenRedirectedThreeTimesThenFollows() throws Exception {
    server.redirect("/1", 302, "/2").redirect("/2", 302, "/3").redirect("/3", 302, "/4");
    server.answer("/4", 200, "here");
    assertThat(outbound.fetch(FetchRequest.get(server.url("/1"))).text()).isEqualTo("here");
  }

  @Test
  void fetchWhenRedirectedWithoutEndThenStopsAfterThree() {
    server.redirect("/", 302, "/");
    OutboundException e = outbound.failure(FetchRequest.get(server.url("/")));
    assertThat(e.reason()).isEqualTo(Reason.REDIRECTS);
    assertThat(server.seen()).hasSize(4);
  }

  @Test
  void fetchWhenRedirectedToARefusedAddressThenNothingIsCalled() throws Exception {
    try (LoopbackServer inside = LoopbackServer.plain("127.0.0.2")) {
      inside.answer("/", 200, "secret");
      server.redirect("/", 302, inside.url("/").toString());
      OutboundException e = outbound.failure(FetchRequest.get(server.url("/")));
      assertThat(e.reason()).isEqualTo(Reason.REFUSED_ADDRESS);
      assertThat(inside.seen()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "https://10.0.0.1/, REFUSED_ADDRESS",
    "http://[::ffff:169.254.169.254]/, REFUSED_ADDRESS",
    "//169.254.169.254/, REFUSED_ADDRESS",
    "file:///etc/passwd, NOT_HTTPS",
    "http://8.8.8.8/, NOT_HTTPS",
    "http://user@127.0.0.1/, BAD_URL",
    "http://[, REDIRECTS"
  })
  void fetchWhenRedirectedToAnUnfitUrlThenRefuses(String location, Reason reason) {
    server.redirect("/", 302, location);
    assertThat(outbound.failure(FetchRequest.get(server.url("/"))).reason()).isEqualTo(reason);
  }

  @Test
  void fetchWhenAPostIsRedirectedThenItsBodyGoesNowhereElse() {
    server.redirect("/token", 307, "/elsewhere").answer("/elsewhere", 200, "");
    FetchRequest post = FetchRequest.postForm(server.url("/token"), Map.of("code", "hidden"));
    OutboundException e = outbound.failure(post);
    assertThat(e.reason()).isEqualTo(Reason.REDIRECTS);
    assertThat(e.getMessage()).doesNotContain("hidden");
    assertThat(server.seen()).hasSize(1);
  }

  @Test
  void fetchWhenARequestWithAuthorizationIsRedirectedThenItGoesNowhereElse() {
    server.redirect("/userinfo", 302, "/elsewhere").answer("/elsewhere", 200, "");
    FetchRequest get =
        FetchRequest.get(server.url("/userinfo")).header("authorization", "Bearer x");
    assertThat(outbound.failure(get).reason()).isEqualTo(Reason.REDIRECTS);
    assertThat(server.seen()).hasSize(1);
  }

  @Test
  void fetchWithoutRedirectsThenTheRedirectIsTheAnswer() throws Exception {
    server.redirect("/", 302, "/elsewhere").answer("/elsewhere", 200, "");
    FetchResult result = outbound.fetch(FetchRequest.get(server.url("/")).withoutRedirects());
    assertThat(result.status()).isEqualTo(302);
    assertThat(result.header("Location")).contains("/elsewhere");
    assertThat(server.seen()).hasSize(1);
  }

  @Test
  void fetchWhenARedirectHasNoLocationThenItIsTheAnswer() throws Exception {
    server.answer("/", 302, "");
    assertThat(outbound.fetch(FetchRequest.get(server.url("/"))).status()).isEqualTo(302);
  }
}
