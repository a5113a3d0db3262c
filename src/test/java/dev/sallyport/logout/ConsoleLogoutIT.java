package dev.sallyport.logout;

import static dev.sallyport.logout.SignedInPerson.isIn;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.testing.Entrance;
import dev.sallyport.testing.HttpBrowser;
import dev.sallyport.testing.RefusingStore;
import dev.sallyport.testing.RunningServer;
import dev.sallyport.testing.TestToken;
import dev.sallyport.testing.Unique;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// What a sign-out at the identity provider does at the console, and to the apps of somebody whom
/// only the console knows.
@ExtendWith(RunningServer.Extension.class)
class ConsoleLogoutIT {
  private final String sid = Unique.name("sid");
  private RunningServer server;
  private SignedInPerson person;

  @BeforeEach
  void open(RunningServer running) {
    server = running;
    person = new SignedInPerson(running, "session");
  }

  @AfterEach
  void close() {
    person.close();
  }

  /// From here on, every logout ends the whole person.
  private void endPersons() {
    person.close();
    person = new SignedInPerson(server, "person");
  }

  @Test
  void logoutWithSidThenItsBrowserAndTheOneWithoutSidEndAndOthersGoOn() {
    HttpBrowser ofTheSid = person.browser(sid);
    HttpBrowser ofNone = person.browser(null);
    HttpBrowser other = person.browser(Unique.name("sid"));

    person.end(person.logout(sid));

    assertThat(isIn(ofTheSid)).isFalse();
    assertThat(isIn(ofNone)).isFalse();
    assertThat(isIn(other)).isTrue();
  }

  @Test
  void logoutWithSidWhenProviderEndsPersonsThenEveryBrowserEnds() {
    endPersons();
    HttpBrowser other = person.browser(Unique.name("sid"));

    person.end(person.logout(sid));

    assertThat(isIn(other)).isFalse();
  }

  @Test
  void logoutWithoutSidThenEveryBrowserEnds() {
    HttpBrowser browser = person.browser(sid);

    person.end(person.logout(null));

    assertThat(isIn(browser)).isFalse();
  }

  @Test
  void logoutOfAnotherPersonThenNothingHappensToThisOne() {
    HttpBrowser browser = person.browser(sid);
    HttpBrowser nameless = person.browser(null);

    person.end(person.logout(Unique.name("sid")).with("sub", Unique.name("person")));

    assertThat(isIn(browser)).isTrue();
    assertThat(isIn(nameless)).isTrue();
  }

  // Tokens that name nothing but a `sid`: whose it is, one of the two sides knows.

  @Test
  void sidAloneWhenOnlyTheConsoleKnowsItThenAgentsWithoutSidEnd() {
    person.browser(sid);
    TestToken nameless = person.agent(null);
    TestToken other = person.agent(Unique.name("sid"));

    person.end(person.logout(sid).without("sub"));

    assertThat(person.call(nameless.refreshed())).isEqualTo(401);
    assertThat(person.call(other)).isEqualTo(200);
  }

  @Test
  void sidAloneWhenOnlyAnAgentKnowsItThenBrowsersWithoutSidEnd() {
    person.agent(sid);
    HttpBrowser nameless = person.browser(null);
    HttpBrowser other = person.browser(Unique.name("sid"));

    person.end(person.logout(sid).without("sub"));

    assertThat(isIn(nameless)).isFalse();
    assertThat(isIn(other)).isTrue();
  }

  @Test
  void sidAloneWhenProviderEndsPersonsAndOnlyTheConsoleKnowsItThenEveryAgentEnds() {
    endPersons();
    person.browser(sid);
    TestToken other = person.agent(Unique.name("sid"));
    TestToken unseen = person.idp().token(Entrance.AUDIENCE);

    person.end(person.logout(sid).without("sub"));

    assertThat(person.call(other)).isEqualTo(401);
    assertThat(person.call(unseen)).as("a token of before the logout").isEqualTo(401);
  }

  @Test
  void sidAloneWhenProviderEndsPersonsAndOnlyAnAgentKnewItThenEveryBrowserEnds() {
    endPersons();
    person.agent(sid);
    person.entrance().end(person.entrance().session());
    HttpBrowser other = person.browser(Unique.name("sid"));

    person.end(person.logout(sid).without("sub"));

    assertThat(isIn(other)).isFalse();
  }

  @Test
  void sidAloneWhenNobodyKnowsItThenDoneAndItStaysOut() {
    person.end(person.logout(sid).without("sub"));

    assertThat(person.call(SignedInPerson.withSid(person.idp().token(Entrance.AUDIENCE), sid)))
        .isEqualTo(401);
  }

  // Once, and wholly.

  @Test
  void logoutWhenTheStoreFailedThenTheBrowserGoesOnUntilTheRetry() {
    HttpBrowser browser = person.browser(sid);
    TestToken logout = person.logout(sid);
    try (RefusingStore store = RefusingStore.of(server, "block", "sid", sid)) {
      assertThat(person.send(logout).statusCode()).as(store.constraint()).isEqualTo(503);
    }
    assertThat(isIn(browser)).as("nothing half done").isTrue();

    person.end(logout);

    assertThat(isIn(browser)).isFalse();
  }

  @Test
  void logoutWhenRepeatedThenANewSignInGoesOn() {
    TestToken logout = person.logout(null);
    person.end(logout);
    long later = Instant.now().getEpochSecond() + 5;
    person.idp().idToken(token -> token.with("iat", later).signed());
    HttpBrowser browser = new HttpBrowser(server);
    person.signIn(browser);
    assertThat(isIn(browser)).isTrue();

    person.end(logout);

    assertThat(isIn(browser)).isTrue();
    browser.close();
  }
}
