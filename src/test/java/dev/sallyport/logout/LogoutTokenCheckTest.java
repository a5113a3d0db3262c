package dev.sallyport.logout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.jose.InvalidKeySetException;
import dev.sallyport.jose.JwksCache;
import dev.sallyport.jose.JwksUnavailableException;
import dev.sallyport.jose.KeySet;
import dev.sallyport.jose.KeySource;
import dev.sallyport.jose.SigningKeys;
import dev.sallyport.problem.ProblemType;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// OpenID Connect Back-Channel Logout 1.0 section 2.6: a good token, and each rule broken once.
class LogoutTokenCheckTest {
  private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
  private static final String ISS = "https://idp.example/realm";
  private static final String EVENT = "http://schemas.openid.net/event/backchannel-logout";
  private static final String EVENTS = "{\"" + EVENT + "\":{}}";
  private static final String OLD_KEY = SigningKeys.jwk("RSA/logout", "\"kid\":\"a\"");

  private final Map<String, String> header = new LinkedHashMap<>();
  private final Map<String, String> claims = new LinkedHashMap<>();
  private boolean endsPerson;
  private final List<LogoutParty> more = new ArrayList<>();
  private boolean keysByUrl;
  private boolean idpIsDown;
  private String subjectClaim = "sub";
  private String served = SigningKeys.jwks(OLD_KEY);
  private int fetches;
  private int asked;

  private final JwksCache cache =
      new JwksCache(new JwksCache.Machinery(this::fetch, Runnable::run, () -> 0, clock()), _ -> {});

  LogoutTokenCheckTest() {
    header.put("alg", "\"RS256\"");
    header.put("kid", "\"a\"");
    header.put("typ", "\"logout+jwt\"");
    claims.put("iss", '"' + ISS + '"');
    claims.put("aud", "\"console\"");
    claims.put("sub", "\"u-1\"");
    claims.put("sid", "\"s-1\"");
    claims.put("jti", "\"j-1\"");
    claims.put("events", EVENTS);
    at("iat", Duration.ZERO);
  }

  private static Clock clock() {
    return Clock.fixed(NOW, ZoneOffset.UTC);
  }

  private String fetch(URI url) throws JwksUnavailableException {
    fetches++;
    if (idpIsDown) {
      throw new JwksUnavailableException("status 503");
    }
    return served;
  }

  private void at(String claim, Duration fromNow) {
    claims.put(claim, Long.toString(NOW.plus(fromNow).getEpochSecond()));
  }

  private static String json(Map<String, String> members) {
    return members.entrySet().stream()
        .map(e -> '"' + e.getKey() + "\":" + e.getValue())
        .collect(Collectors.joining(",", "{", "}"));
  }

  private String token() {
    return SigningKeys.sign("RSA/logout", "RS256", json(header), json(claims));
  }

  private List<LogoutParty> parties(String iss) {
    asked++;
    return iss.equals(ISS)
        ? Stream.concat(Stream.of(party("prv_1", "other", Set.of()), party()), more.stream())
            .toList()
        : List.of();
  }

  private LogoutParty party() {
    return party("prv_2", "console", Set.of("agent"));
  }

  private LogoutParty party(String id, String clientId, Set<String> clients) {
    return new LogoutParty(id, id, clientId, clients, endsPerson, false, subjectClaim, keys());
  }

  private KeySource keys() {
    if (keysByUrl) {
      return new KeySource.Url(URI.create("https://idp.example/jwks"));
    }
    try {
      return new KeySource.Static(KeySet.parse(served));
    } catch (InvalidKeySetException e) {
      throw new IllegalStateException(e);
    }
  }

  private LogoutVerdict check(String raw) {
    return new LogoutTokenCheck(cache, clock(), Duration.ofMinutes(5)).check(raw, this::parties);
  }

  private LogoutToken accepted() {
    assertThat(check(token())).isInstanceOf(LogoutVerdict.Accepted.class);
    return ((LogoutVerdict.Accepted) check(token())).token();
  }

  private void refuses(ProblemType code) {
    refuses(token(), code);
  }

  private void refuses(String raw, ProblemType code) {
    assertThat(check(raw)).isEqualTo(new LogoutVerdict.Refused(code));
  }

  @Test
  void checkWhenGoodThenSaysWhoSignedOutWhere() {
    LogoutToken token = accepted();

    assertThat(token.party().id()).isEqualTo("prv_2");
    assertThat(token.issuer()).isEqualTo(ISS);
    assertThat(token.subject()).isEqualTo("u-1");
    assertThat(token.sid()).isEqualTo("s-1");
    assertThat(token.jti()).isEqualTo("j-1");
  }

  @Test
  void checkWhenOnlySubjectThenAccepts() {
    claims.remove("sid");
    assertThat(accepted().sid()).isNull();
  }

  @Test
  void checkWhenOnlySidThenAccepts() {
    claims.remove("sub");
    assertThat(accepted().subject()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"logout+JWT\"", "\"application/logout+jwt\"", "\"JWT\""})
  void checkWhenTypeIsOfALogoutTokenThenAccepts(String type) {
    header.put("typ", type);
    assertThat(accepted().jti()).isEqualTo("j-1");
  }

  @Test
  void checkWhenUntypedThenAccepts() {
    header.remove("typ");
    assertThat(accepted().jti()).isEqualTo("j-1");
  }

  @Test
  void checkWhenSeveralProvidersHaveTheAgentThenEndsWhatAnyOfThemEnds() {
    endsPerson = true;
    more.add(party("prv_3", "third", Set.of("agent")));
    endsPerson = false;

    claims.put("aud", "\"agent\"");
    assertThat(accepted().party().id()).isEqualTo("prv_2");
    assertThat(accepted().party().endsPerson()).isTrue();
    claims.put("aud", "\"console\"");
    assertThat(accepted().party().endsPerson()).isFalse();
  }

  @Test
  void checkWhenForAnAgentsClientThenAccepts() {
    claims.put("aud", "[\"agent\",\"console\"]");
    assertThat(accepted().party().id()).isEqualTo("prv_2");
  }

  @Test
  void checkWhenEventHasMembersThenAccepts() {
    claims.put("events", "{\"" + EVENT + "\":{\"reason\":\"admin\"}}");
    assertThat(accepted().jti()).isEqualTo("j-1");
  }

  @Test
  void checkWhenExpLiesAheadThenAccepts() {
    at("exp", Duration.ofMinutes(2));
    assertThat(accepted().jti()).isEqualTo("j-1");
  }

  @ParameterizedTest
  @ValueSource(longs = {-299, 299})
  void checkWhenIatIsWithinTheWindowThenAccepts(long seconds) {
    at("iat", Duration.ofSeconds(seconds));
    assertThat(accepted().jti()).isEqualTo("j-1");
  }

  @Test
  void checkWhenIssuerNamesPeopleByAnotherClaimThenReadsThat() {
    subjectClaim = "oid";
    claims.put("oid", "\"o-1\"");
    assertThat(accepted().subject()).isEqualTo("o-1");
  }

  @Test
  void checkWhenThatClaimIsMissingThenOnlyTheSidCounts() {
    subjectClaim = "oid";
    assertThat(accepted().subject()).isNull();
  }

  @Test
  void checkWhenNoTokenThenRefuses() {
    assertThat(check("nonsense"))
        .isInstanceOfSatisfying(
            LogoutVerdict.Refused.class,
            refused -> assertThat(refused.code()).isEqualTo(ProblemType.LOGOUT_TOKEN_MALFORMED));
  }

  @Test
  void checkWhenEncryptedThenRefuses() {
    assertThat(check(token() + ".YQ.YQ"))
        .isInstanceOfSatisfying(
            LogoutVerdict.Refused.class,
            refused -> assertThat(refused.code()).isEqualTo(ProblemType.LOGOUT_TOKEN_MALFORMED));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"at+jwt\"", "\"id+jwt\"", "\"secevent+jwt\"", "\"\""})
  void checkWhenOfAnotherTypeThenRefuses(String type) {
    header.put("typ", type);
    refuses(ProblemType.LOGOUT_TOKEN_TYPE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"none\"", "\"HS256\"", "\"HS512\"", "\"rs256\""})
  void checkWhenSignedTooWeaklyThenRefuses(String algorithm) {
    header.put("alg", algorithm);
    refuses(ProblemType.LOGOUT_TOKEN_ALGORITHM);
  }

  @Test
  void checkWhenAlgorithmIsMissingThenRefuses() {
    header.remove("alg");
    refuses(ProblemType.LOGOUT_TOKEN_ALGORITHM);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "\"" + EVENT + "\"",
        "{\"" + EVENT + "\":true}",
        "{\"" + EVENT + "\":null}",
        "{\"http://schemas\":{\"openid\":{\"net/event/backchannel-logout\":{}}}}",
        "{\"http://schemas.openid.net/event/other\":{}}"
      })
  void checkWhenEventsLacksTheLogoutThenRefuses(String events) {
    claims.put("events", events);
    refuses(ProblemType.LOGOUT_TOKEN_EVENT);
  }

  @Test
  void checkWhenThereAreNoEventsThenRefuses() {
    claims.remove("events");
    refuses(ProblemType.LOGOUT_TOKEN_EVENT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"n-1\"", "null", "\"\""})
  void checkWhenThereIsANonceThenRefuses(String nonce) {
    claims.put("nonce", nonce);
    refuses(ProblemType.LOGOUT_TOKEN_NONCE);
  }

  @ParameterizedTest
  @ValueSource(longs = {-301, 301})
  void checkWhenIatIsOutsideTheWindowThenRefuses(long seconds) {
    at("iat", Duration.ofSeconds(seconds));
    refuses(ProblemType.LOGOUT_TOKEN_TIME);
  }

  @Test
  void checkWhenIatIsMissingThenRefuses() {
    claims.remove("iat");
    refuses(ProblemType.LOGOUT_TOKEN_TIME);
  }

  @Test
  void checkWhenExpiredThenRefuses() {
    at("exp", Duration.ofSeconds(-60));
    refuses(ProblemType.LOGOUT_TOKEN_TIME);
  }

  @Test
  void checkWhenExpIsNoTimeThenRefuses() {
    claims.put("exp", "\"tomorrow\"");
    refuses(ProblemType.LOGOUT_TOKEN_TIME);
  }

  @ParameterizedTest
  @ValueSource(strings = {"17", "\"\"", "\" \"", "null"})
  void checkWhenJtiIsNoIdThenRefuses(String jti) {
    claims.put("jti", jti);
    refuses(ProblemType.LOGOUT_TOKEN_JTI);
  }

  @Test
  void checkWhenJtiIsLongerThanAnyIdThenRefuses() {
    claims.put("jti", '"' + "j".repeat(256) + '"');
    refuses(ProblemType.LOGOUT_TOKEN_JTI);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"https://idp.example/realm/\"", "\"https://IDP.example/realm\"", "7"})
  void checkWhenIssuerIsAnotherThenRefuses(String iss) {
    claims.put("iss", iss);
    refuses(ProblemType.LOGOUT_TOKEN_ISSUER);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"somebody\"", "[]", "[\"console\",\"somebody\"]", "7"})
  void checkWhenForSomebodyElseThenRefuses(String audience) {
    claims.put("aud", audience);
    refuses(ProblemType.LOGOUT_TOKEN_AUDIENCE);
  }

  @Test
  void checkWhenOfNobodyThenRefuses() {
    claims.remove("sub");
    claims.remove("sid");
    refuses(ProblemType.LOGOUT_TOKEN_SUBJECT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"sub", "sid"})
  void checkWhenAnIdIsNoStringThenRefusesThoughTheOtherIsGood(String claim) {
    claims.put(claim, "[\"u-1\"]");
    refuses(ProblemType.LOGOUT_TOKEN_SUBJECT);
  }

  @Test
  void checkWhenKeyIsUnknownThenRefuses() {
    header.put("kid", "\"b\"");
    refuses(ProblemType.LOGOUT_TOKEN_KEY);
  }

  @Test
  void checkWhenKeyIsUnknownThenFetchesOnceMore() {
    keysByUrl = true;
    check(token());
    header.put("kid", "\"b\"");

    refuses(ProblemType.LOGOUT_TOKEN_KEY);
    refuses(ProblemType.LOGOUT_TOKEN_KEY);

    assertThat(fetches).isLessThanOrEqualTo(2);
  }

  @Test
  void checkWhenSignedByAnotherKeyThenRefuses() {
    refuses(
        SigningKeys.sign("RSA/stranger", "RS256", json(header), json(claims)),
        ProblemType.LOGOUT_TOKEN_SIGNATURE);
  }

  @Test
  void checkWhenChangedAfterSigningThenRefuses() {
    String signature = token().substring(token().lastIndexOf('.'));
    claims.put("sub", "\"u-2\"");
    refuses(
        SigningKeys.part(json(header)) + "." + SigningKeys.part(json(claims)) + signature,
        ProblemType.LOGOUT_TOKEN_SIGNATURE);
  }

  @Test
  void checkWhenKeysCannotBeHadThenAsksToTryAgain() {
    keysByUrl = true;
    idpIsDown = true;
    refuses(ProblemType.ISSUER_KEYS_UNAVAILABLE);
    assertThat(ProblemType.ISSUER_KEYS_UNAVAILABLE.status()).isEqualTo(503);
  }

  @Test
  void checkWhenWrongInItselfThenAsksNobodyAndFetchesNothing() {
    keysByUrl = true;
    claims.put("nonce", "\"n\"");
    refuses(ProblemType.LOGOUT_TOKEN_NONCE);
    assertThat(asked).isZero();
    assertThat(fetches).isZero();
  }

  @Test
  void checkWhenForSomebodyElseThenFetchesNothing() {
    keysByUrl = true;
    claims.put("aud", "\"somebody\"");
    refuses(ProblemType.LOGOUT_TOKEN_AUDIENCE);
    assertThat(fetches).isZero();
  }
}
