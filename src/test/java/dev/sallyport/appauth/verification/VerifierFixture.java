package dev.sallyport.appauth.verification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.apps.LabelSelector;
import dev.sallyport.jose.InvalidKeySetException;
import dev.sallyport.jose.JwksCache;
import dev.sallyport.jose.JwksUnavailableException;
import dev.sallyport.jose.KeySet;
import dev.sallyport.jose.KeySource;
import dev.sallyport.jose.SigningAlgorithm;
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

/// An app, a config that lets everyone in, and a good token; each test spoils one thing.
final class VerifierFixture {
  static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
  static final String ISS = "https://idp.example/realm";
  static final String RESOURCE = "https://gw.example/mcp/apps/wiki";
  static final OwnIssuers OWN = OwnIssuers.under("https://gw.example");
  static final String RSA = SigningKeys.jwk("RSA/a", "\"kid\":\"a\"");
  static final AppFacts APP = new AppFacts("app_1", "wiki", RESOURCE, Map.of("env", "test"));

  final Map<String, String> header = new LinkedHashMap<>(Map.of("alg", "\"RS256\""));
  final Map<String, String> claims = new LinkedHashMap<>();
  final List<ConfigFacts> configs = new ArrayList<>();
  final ConfigBuilder config = new ConfigBuilder();
  String pair = "RSA/a";
  String signedBy = "RS256";
  String jwks = SigningKeys.jwks(RSA);
  boolean keysByUrl;
  boolean idpIsDown;
  boolean attached;
  int fetches;

  private final JwksCache cache =
      new JwksCache(
          new JwksCache.Machinery(this::fetch, Runnable::run, () -> 0, fixedClock()), _ -> {});
  final TokenVerifier verifier = new TokenVerifier(cache, OWN, fixedClock());

  VerifierFixture() {
    header.put("kid", "\"a\"");
    claims.put("iss", '"' + ISS + '"');
    claims.put("aud", "\"sallyport\"");
    claims.put("sub", "\"u-1\"");
    claims.put("email", "\"ann@corp.example\"");
    at("iat", Duration.ofMinutes(-5));
    at("exp", Duration.ofMinutes(5));
  }

  private static Clock fixedClock() {
    return Clock.fixed(NOW, ZoneOffset.UTC);
  }

  private String fetch(URI url) throws JwksUnavailableException {
    fetches++;
    if (idpIsDown) {
      throw new JwksUnavailableException("status 503");
    }
    return jwks;
  }

  /// Sets a time claim relative to now.
  VerifierFixture at(String claim, Duration fromNow) {
    return claim(claim, Long.toString(NOW.plus(fromNow).getEpochSecond()));
  }

  /// Sets a claim to a JSON value; null takes it away.
  VerifierFixture claim(String name, String json) {
    return set(claims, name, json);
  }

  VerifierFixture header(String name, String json) {
    return set(header, name, json);
  }

  private VerifierFixture set(Map<String, String> members, String name, String json) {
    members.remove(name);
    if (json != null) {
      members.put(name, json);
    }
    return this;
  }

  String token() {
    return SigningKeys.sign(pair, signedBy, json(header), json(claims));
  }

  static String json(Map<String, String> members) {
    return members.entrySet().stream()
        .map(e -> '"' + e.getKey() + "\":" + e.getValue())
        .collect(Collectors.joining(",", "{", "}"));
  }

  Verdict verify() {
    return verify(token());
  }

  Verdict verify(String raw) {
    return verifier.verify(APP, allConfigs(), raw, () -> attached);
  }

  Explanation explain() {
    return verifier.explain(APP, allConfigs(), token());
  }

  Explanation explainNamed() {
    return verifier.explain(APP, config.build(), token());
  }

  List<ConfigFacts> allConfigs() {
    List<ConfigFacts> all = new ArrayList<>(configs);
    all.add(config.build());
    return all;
  }

  VerifiedToken accepted() {
    Verdict verdict = verify();
    assertThat(verdict).isInstanceOf(Verdict.Accepted.class);
    return ((Verdict.Accepted) verdict).token();
  }

  Verdict.Refused refused(ProblemType code) {
    return refused(verify(), code);
  }

  static Verdict.Refused refused(Verdict verdict, ProblemType code) {
    assertThat(verdict).isInstanceOf(Verdict.Refused.class);
    Verdict.Refused refused = (Verdict.Refused) verdict;
    assertThat(refused.code()).isEqualTo(code);
    return refused;
  }

  /// A config with every field open to a test.
  final class ConfigBuilder {
    String name = "corp";
    String iss = ISS;
    String subjectClaim = "sub";
    String audience = "sallyport";
    Map<String, List<String>> labels = Map.of("env", List.of("test"));
    List<String> usernameClaims = List.of("email", "preferred_username", "sub");
    Set<SigningAlgorithm> algorithms = Set.of();
    Duration maxTokenAge = Duration.ofMinutes(30);
    List<AllowRule> allow = List.of();
    List<String> scopes = List.of();
    List<String> clients = List.of();
    boolean idTokens;
    List<String> viaApps = List.of();
    int priority;
    boolean enabled = true;

    ConfigFacts build() {
      return new ConfigFacts(
          "aac_" + name,
          name,
          new IssuerFacts("iss_1", iss, subjectClaim, keys()),
          audience,
          LabelSelector.of(labels),
          usernameClaims,
          algorithms,
          maxTokenAge,
          Duration.ofHours(12),
          Duration.ofHours(1),
          allow,
          scopes,
          clients,
          idTokens,
          viaApps,
          priority,
          enabled);
    }

    private KeySource keys() {
      try {
        return keysByUrl
            ? new KeySource.Url(URI.create("https://idp.example/jwks"))
            : new KeySource.Static(KeySet.parse(jwks));
      } catch (InvalidKeySetException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
