package dev.sallyport.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.testing.Await;
import dev.sallyport.testing.OpenStream;
import dev.sallyport.testing.RunningServer;
import dev.sallyport.testing.keycloak.Keycloak;
import dev.sallyport.testing.keycloak.KeycloakRealm;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// A real identity provider decides who is in, what they may, and when they are out.
@BrowserTest
@ExtendWith(Keycloak.Extension.class)
class KeycloakIT {
  private static final Pattern SIGN_IN_PAGE = Pattern.compile("/auth/sign-in");

  private KeycloakSignIn signIn;

  @BeforeEach
  void trust(RunningServer server, Console console, KeycloakRealm realm) {
    signIn = new KeycloakSignIn(server, console, realm);
    signIn.map("eng", "r-viewer");
  }

  @AfterEach
  void forget() {
    signIn.close();
  }

  @Test
  void signInWhenGroupIsMappedThenSeesWhatItsRoleAllows(RunningServer server, Console console) {
    console.signInByPage(new Seeds(server).key("r-viewer"));
    List<String> pages = signIn.pages();
    List<String> permissions = signIn.permissions();
    console.page().context().clearCookies();

    signIn.as("alice");

    assertThat(signIn.pages()).isEqualTo(pages);
    assertThat(signIn.permissions()).isEqualTo(permissions).isNotEmpty();
  }

  @Test
  void signInWhenGroupIsGoneThenRoleIsGone(KeycloakRealm realm) {
    signIn.as("alice");
    assertThat(signIn.permissions()).contains("app.read");

    realm.leave("alice", "eng");
    signIn.out();
    signIn.as("alice");

    assertThat(signIn.permissions()).isEmpty();
  }

  @Test
  void signInWhenInNoGroupThenSeesOnlyTheirOwn() {
    signIn.as("bob");

    assertThat(signIn.permissions()).isEmpty();
  }

  @Test
  void signOutThenSignedOutOfKeycloakAsWell(KeycloakRealm realm) {
    signIn.as("alice");
    assertThat(realm.sessions("alice")).isEqualTo(1);

    signIn.out();

    assertThat(realm.sessions("alice")).isZero();
  }

  @Test
  void sessionsWhenEndedAtKeycloakThenConsoleAndStreamsStop(
      RunningServer server, Console console, KeycloakRealm realm) {
    signIn.as("alice");
    try (KeycloakAgents agents = new KeycloakAgents(server, realm)) {
      OpenStream alices = agents.stream(realm.token("alice"));
      OpenStream bobs = agents.stream(realm.token("bob"));

      realm.endSessions("alice");

      alices.awaitCutWithin(Await.PATIENCE);
      assertThat(console.page()).hasURL(SIGN_IN_PAGE);
      assertThat(bobs.isOpen()).isTrue();
    }
  }

  @Test
  void sessionWhenEndedAtKeycloakThenOthersOfThePersonGoOn(
      RunningServer server, KeycloakRealm realm) {
    signIn.as("alice");
    try (KeycloakAgents agents = new KeycloakAgents(server, realm)) {
      String ended = realm.token("alice");
      OpenStream first = agents.stream(ended);
      OpenStream second = agents.stream(realm.token("alice"));

      realm.endSession(KeycloakAgents.sid(ended));

      first.awaitCutWithin(Await.PATIENCE);
      assertThat(agents.call(ended)).isEqualTo(401);
      assertThat(second.isOpen()).isTrue();
      assertThat(signIn.permissions()).contains("app.read");
    }
  }

  @Test
  void keysWhenRotatedThenSignInAndTokensGoOn(RunningServer server, KeycloakRealm realm) {
    signIn.as("alice");
    try (KeycloakAgents agents = new KeycloakAgents(server, realm)) {
      String before = realm.token("alice");
      assertThat(agents.call(before)).isEqualTo(200);

      realm.rotateKeys();

      assertThat(agents.call(realm.token("alice"))).isEqualTo(200);
      assertThat(agents.call(before)).isEqualTo(200);
      signIn.out();
      signIn.as("alice");
      assertThat(signIn.permissions()).contains("app.read");
    }
  }
}
