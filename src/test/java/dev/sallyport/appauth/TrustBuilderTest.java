package dev.sallyport.appauth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.appauth.verification.ConfigFacts;
import dev.sallyport.apps.AppDetails;
import dev.sallyport.apps.Traffic;
import dev.sallyport.issuers.IssuerDetails;
import dev.sallyport.jose.KeySource;
import dev.sallyport.jose.SigningAlgorithm;
import dev.sallyport.jose.SigningKeys;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TrustBuilderTest {
  private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
  private static final String URL = "https://idp.example/jwks";
  private static final String KEYS = SigningKeys.jwks(SigningKeys.jwk("RSA/a", "\"kid\":\"a\""));

  private final TrustBuilder builder = new TrustBuilder();
  private List<AppDetails> apps = List.of(app("wiki", "test", 1), app("shop", "prod", 1));
  private List<IssuerDetails> issuers =
      List.of(issuer("iss_1", URL, null, 1), issuer("iss_2", null, KEYS, 1));
  private List<AppAuthConfigDetails> configs =
      List.of(config("corp", "iss_1", "test", ""), config("partner", "iss_2", "prod", ""));
  private TrustSnapshot snapshot = TrustSnapshot.EMPTY;

  private static AppDetails app(String name, String env, long revision) {
    return new AppDetails(
        "app_" + name,
        name,
        "",
        "mcp+http://" + name,
        "mcp",
        "https://gw.example/mcp/apps/" + name,
        Map.of("env", env),
        List.of(),
        List.of(),
        List.of(),
        true,
        null,
        Traffic.STANDARD,
        revision,
        NOW,
        NOW);
  }

  private static IssuerDetails issuer(String id, String url, String keys, long revision) {
    return new IssuerDetails(
        id, "https://" + id, url, keys, "sub", id.equals("iss_1"), revision, NOW, NOW);
  }

  private static AppAuthConfigDetails config(String name, String issuer, String env, String more) {
    CheckedConfig checked =
        ConfigInputs.checked(
            "\"name\":\"%s\",\"appLabels\":{\"env\":[\"%s\"]}%s".formatted(name, env, more), "");
    AppAuthConfig config = new AppAuthConfig(checked, issuer, NOW);
    config.id = "aac_" + name;
    return config.details("https://" + issuer);
  }

  private TrustSnapshot build() {
    snapshot = builder.build(snapshot, apps, issuers, configs);
    return snapshot;
  }

  private AppTrust wiki() {
    return snapshot.app("wiki");
  }

  @Test
  void buildThenEachAppHasTheConfigsThatMatch() {
    build();
    assertThat(wiki().configs()).extracting(ConfigFacts::name).containsExactly("corp");
    assertThat(snapshot.app("shop").configs())
        .extracting(ConfigFacts::name)
        .containsExactly("partner");
    assertThat(snapshot.app("none")).isNull();
    assertThat(snapshot.appById("app_shop")).contains(snapshot.app("shop"));
    assertThat(snapshot.configs()).hasSize(2);
  }

  @Test
  void buildThenKeysComeFromTheirOneSource() {
    build();
    assertThat(snapshot.jwksUrls()).containsExactly(URI.create(URL));
    assertThat(wiki().configs().getFirst().issuer().keys())
        .isEqualTo(new KeySource.Url(URI.create(URL)));
    assertThat(snapshot.app("shop").configs().getFirst().issuer().keys())
        .isInstanceOf(KeySource.Static.class);
  }

  @Test
  void buildThenOnlyAuthorizationServersAreTold() {
    build();
    assertThat(wiki().authorizationServers()).containsExactly("https://iss_1");
    assertThat(snapshot.app("shop").authorizationServers()).isEmpty();
  }

  @Test
  void buildWhenConfigIsDisabledThenItOpensNothing() {
    configs = List.of(config("corp", "iss_1", "test", ",\"enabled\":false"));
    build();
    assertThat(wiki().configs()).isEmpty();
    assertThat(snapshot.configs()).hasSize(1);
  }

  @Test
  void buildWhenNothingChangedThenIdentityIsKept() {
    build();
    AppTrust before = wiki();
    AppTrust shop = snapshot.app("shop");
    build();
    assertThat(wiki()).isSameAs(before);
    assertThat(snapshot.app("shop")).isSameAs(shop);
  }

  @Test
  void buildWhenAnAppIsServedElsewhereThenDecisionsStand() {
    build();
    AppTrust before = wiki();
    var reported = new AppDetails.UpstreamDetails("up_1", "edge", "http://edge", null, null);
    apps = apps.stream().map(app -> app.servedBy(List.of(reported))).toList();

    build();

    assertThat(wiki().app().upstreams()).containsExactly(reported);
    assertThat(wiki().decidesAs(before)).isTrue();
    assertThat(wiki().decidesAs(snapshot.app("shop"))).isFalse();
    assertThat(wiki().decidesAs(null)).isFalse();
  }

  @Test
  void buildWhenAConfigChangedThenOnlyItsAppsAreRenewed() {
    build();
    AppTrust before = wiki();
    AppTrust shop = snapshot.app("shop");
    configs =
        List.of(
            config("corp", "iss_1", "test", ",\"requiredScopes\":[\"x\"]"),
            config("partner", "iss_2", "prod", ""));
    build();
    assertThat(wiki().decidesAs(before)).isFalse();
    assertThat(wiki().scopes()).containsExactly("x");
    assertThat(snapshot.app("shop")).isSameAs(shop);
  }

  @Test
  void buildWhenAnAppsLabelsChangedThenItIsRenewed() {
    build();
    AppTrust before = wiki();
    apps = List.of(app("wiki", "prod", 2), app("shop", "prod", 1));
    build();
    assertThat(wiki().decidesAs(before)).isFalse();
    assertThat(wiki().configs()).extracting(ConfigFacts::name).containsExactly("partner");
  }

  @Test
  void buildWhenIssuersKeysChangedThenItsAppsAreRenewed() {
    build();
    AppTrust before = wiki();
    AppTrust shop = snapshot.app("shop");
    issuers = List.of(issuer("iss_1", URL, null, 1), issuer("iss_2", URL + "2", null, 2));
    build();
    assertThat(wiki()).isSameAs(before);
    assertThat(snapshot.app("shop").decidesAs(shop)).isFalse();
    assertThat(snapshot.jwksUrls()).hasSize(2);
  }

  @Test
  void buildWhenAnAppIsGoneThenSoIsItsTrust() {
    build();
    apps = List.of(app("shop", "prod", 1));
    build();
    assertThat(wiki()).isNull();
  }

  @Test
  void withoutDecisionsWhenKeyVanishedThenItsAppsAreRenewedAlone() {
    build();
    TrustSnapshot next = TrustBuilder.withoutDecisions(snapshot, URI.create(URL));
    assertThat(next.app("wiki").decidesAs(wiki())).isFalse();
    assertThat(next.app("wiki").configs()).isEqualTo(wiki().configs());
    assertThat(next.app("shop")).isSameAs(snapshot.app("shop"));
  }

  @Test
  void factsThenSayWhatTheConfigSays() {
    configs =
        List.of(
            config("corp", "iss_1", "test", ",\"algorithms\":[\"ES256\"],\"maxTokenAge\":\"off\""));
    ConfigFacts facts = build().configs().getFirst();
    assertThat(facts.algorithms()).containsExactly(SigningAlgorithm.of("ES256"));
    assertThat(facts.maxTokenAge()).isNull();
    assertThat(facts.issuer().iss()).isEqualTo("https://iss_1");
    assertThat(facts.sessionLifetime()).hasHours(12);
  }
}
