package dev.sallyport.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.authz.Actor;
import dev.sallyport.authz.ActorKind;
import dev.sallyport.authz.Authentication;
import dev.sallyport.authz.Authentication.Known;
import dev.sallyport.authz.Authentication.Refused;
import dev.sallyport.authz.Authenticators;
import dev.sallyport.authz.Credentials;
import dev.sallyport.config.Settings;
import dev.sallyport.crypto.Secret;
import dev.sallyport.problem.ProblemType;
import dev.sallyport.problem.SallyportException;
import dev.sallyport.ratelimit.LimitKind;
import dev.sallyport.ratelimit.Permit;
import dev.sallyport.ratelimit.RequestLimits;
import jakarta.enterprise.inject.Instance;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class MechanismTest {
  private static final Actor ALICE = Actor.holding(ActorKind.USER, "usr_1", "alice", Set.of());
  private static final Known BY_COOKIE = new Known(ALICE, "ses-1", true);
  private static final FakeRequest API = FakeRequest.of("GET", "/api/v1/apps");
  private static final FakeRequest PAGE = FakeRequest.of("GET", "/apps");

  private final Mechanism mechanism = new Mechanism();
  private final List<CookieProof> proofs = new ArrayList<>();
  private final Limits limits = new Limits();
  private Authentication answer = BY_COOKIE;

  private final class Answering extends Authenticators {
    @Override
    public Authentication authenticate(Credentials credentials) {
      return answer;
    }
  }

  private static final class Limits extends RequestLimits {
    private int taken;
    private Permit permit = new Permit.Granted();

    @Override
    public Permit take(LimitKind kind, String key) {
      taken++;
      return permit;
    }
  }

  @BeforeEach
  @SuppressWarnings("unchecked")
  void wire() {
    mechanism.authenticators = new Answering();
    mechanism.limits = limits;
    mechanism.crossSite = new CrossSiteCheck();
    mechanism.crossSite.settings =
        Settings.read(
            Map.of("SALLYPORT_MASTER_KEY", "k", "SALLYPORT_PUBLIC_URL", "https://gw.example"));
    mechanism.proofs =
        (Instance<CookieProof>)
            Proxy.newProxyInstance(
                MechanismTest.class.getClassLoader(),
                new Class<?>[] {Instance.class},
                (_, called, _) ->
                    called.getName().equals("stream") ? proofs.stream() : Stream.empty());
  }

  private Known admit(FakeRequest request) {
    var brought = RequestCredentials.of(request.request(), "session");
    return mechanism.admit(request.request(), brought, "127.0.0.1");
  }

  private void assertRefused(FakeRequest request, ProblemType type) {
    assertThatThrownBy(() -> admit(request))
        .isInstanceOfSatisfying(
            SallyportException.class, e -> assertThat(e.type()).isEqualTo(type));
  }

  private static FakeRequest signedIn(FakeRequest request) {
    return request.cookie("session", "x");
  }

  @Test
  void admitWhenThereIsNothingThenNobody() {
    assertThat(admit(API).actor().isAnonymous()).isTrue();
  }

  @Test
  void admitWhenKnownThenTheActorAndItsSession() {
    assertThat(admit(signedIn(API))).isEqualTo(BY_COOKIE);
    answer = new Known(ALICE);
    assertThat(admit(API.authorization("Bearer a")).actor()).isEqualTo(ALICE);
    assertThat(limits.taken).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/v1/apps", "/apps", "/auth/sign-in"})
  void admitWhenTwoCredentialsThenRefusedThoughBothWereGood(String path) {
    FakeRequest request = FakeRequest.of("GET", path).authorization("Bearer a");

    assertRefused(signedIn(request), ProblemType.TWO_CREDENTIALS);
    assertRefused(
        FakeRequest.of("GET", path).authorization("Bearer a", "Bearer b"),
        ProblemType.TWO_CREDENTIALS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/v1/apps", "/apps", "/auth/sign-in", "/styles.css"})
  void admitWhenBearerIsBadThenRefusedEverywhere(String path) {
    answer = new Refused(ProblemType.CREDENTIAL_INVALID);

    assertRefused(
        FakeRequest.of("GET", path).authorization("Bearer a"), ProblemType.CREDENTIAL_INVALID);
    assertThat(limits.taken).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api", "/api/v1/apps", "/api/v1/auth/bootstrap"})
  void admitWhenCookieIsBadOnApiThenRefused(String path) {
    answer = new Refused(ProblemType.UNAUTHENTICATED);

    assertRefused(signedIn(FakeRequest.of("GET", path)), ProblemType.UNAUTHENTICATED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/apps", "/auth/sign-in", "/", "/apiary"})
  void admitWhenCookieIsBadOnAPageThenNobody(String path) {
    answer = new Refused(ProblemType.UNAUTHENTICATED);

    assertThat(admit(signedIn(FakeRequest.of("GET", path))).actor().isAnonymous()).isTrue();
  }

  @Test
  void admitWhenAnotherSchemeThenRefusedOnApiOnly() {
    assertRefused(API.authorization("Basic dTpw"), ProblemType.UNAUTHENTICATED);
    assertRefused(signedIn(API.authorization("Basic dTpw")), ProblemType.UNAUTHENTICATED);
    assertThat(admit(PAGE.authorization("Basic dTpw")).actor().isAnonymous()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/v1/apps", "/apps"})
  void admitWhenNobodyCanTellThenUnavailable(String path) {
    mechanism.authenticators =
        new Authenticators() {
          @Override
          public Authentication authenticate(Credentials credentials) {
            throw new IllegalStateException("the database is away");
          }
        };

    assertThatThrownBy(() -> admit(signedIn(FakeRequest.of("GET", path))))
        .isInstanceOfSatisfying(
            SallyportException.class,
            e -> {
              assertThat(e.type()).isEqualTo(ProblemType.NOT_CURRENT);
              assertThat(e.retryAfter()).isPositive();
            });
  }

  @Test
  void admitWhenGoodThenNotLimitedByTheBadOnesBeside() {
    limits.permit = new Permit.Denied(Duration.ofSeconds(7));
    answer = new Known(ALICE);

    assertThat(admit(API.authorization("Bearer a")).actor()).isEqualTo(ALICE);
    assertThat(limits.taken).isZero();
  }

  @Test
  void admitWhenTooManyWereRefusedThenLimited() {
    answer = new Authentication.Refused(ProblemType.UNAUTHENTICATED);
    limits.permit = new Permit.Denied(Duration.ofSeconds(7));

    assertThatThrownBy(() -> admit(API.authorization("Bearer a")))
        .isInstanceOfSatisfying(
            SallyportException.class,
            e -> {
              assertThat(e.type()).isEqualTo(ProblemType.TOO_MANY_REQUESTS);
              assertThat(e.retryAfter()).isEqualTo(Duration.ofSeconds(7));
            });
  }

  /// The ways in which a change by cookie may be proven, or not.
  private enum Proof {
    NONE,
    REFUSES,
    ACCEPTS,
    ACCEPTS_ANOTHER_SESSION
  }

  @ParameterizedTest
  @EnumSource(Proof.class)
  void admitWhenChangeByCookieThenOnlyWithProof(Proof proof) {
    switch (proof) {
      case NONE -> {}
      case REFUSES -> proofs.add((_, _) -> false);
      case ACCEPTS -> proofs.add((_, session) -> session.equals("ses-1"));
      case ACCEPTS_ANOTHER_SESSION -> proofs.add((_, session) -> session.equals("ses-2"));
    }
    FakeRequest change = signedIn(FakeRequest.of("POST", "/api/v1/apps")).fromOwnPage();

    if (proof == Proof.ACCEPTS) {
      assertThat(admit(change)).isEqualTo(BY_COOKIE);
    } else {
      assertRefused(change, ProblemType.CSRF);
    }
  }

  @Test
  void admitWhenChangeIsNotByCookieOrNotOnApiThenNoProofIsAskedFor() {
    assertThat(admit(signedIn(FakeRequest.of("POST", "/apps")).fromOwnPage())).isEqualTo(BY_COOKIE);
    answer = new Known(ALICE);
    assertThat(admit(FakeRequest.of("POST", "/api/v1/apps").authorization("Bearer a")).actor())
        .isEqualTo(ALICE);
  }

  @Test
  void admitWhenChangeByCookieComesFromElsewhereThenRefusedWithProofToo() {
    proofs.add((_, _) -> true);

    assertRefused(signedIn(FakeRequest.of("POST", "/api/v1/apps")), ProblemType.CSRF);
  }

  @Test
  void secretsWhenPrintedThenHidden() {
    var brought = RequestCredentials.of(API.authorization("Bearer sp_x").request(), "session");
    assertThat(brought.toString()).doesNotContain("sp_x");
    assertThat(brought.bearer()).isEqualTo(new Secret("sp_x"));
  }
}
