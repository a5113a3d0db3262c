package dev.sallyport.appauth;

import dev.sallyport.appauth.verification.AllowRule;
import dev.sallyport.appauth.verification.AppFacts;
import dev.sallyport.appauth.verification.ConfigFacts;
import dev.sallyport.appauth.verification.IssuerFacts;
import dev.sallyport.apps.AppDetails;
import dev.sallyport.apps.LabelSelector;
import dev.sallyport.issuers.IssuerDetails;
import dev.sallyport.jose.InvalidKeySetException;
import dev.sallyport.jose.KeySet;
import dev.sallyport.jose.KeySource;
import dev.sallyport.jose.SigningAlgorithm;
import java.net.URI;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Builds snapshots and keeps what did not change: an issuer's parsed keys by its revision, the
/// basis of an app's [AppTrust] as long as it decides the same. Not for several threads.
final class TrustBuilder {
  private record KnownIssuer(long revision, IssuerFacts facts, boolean isAuthorizationServer) {}

  private final Map<String, KnownIssuer> issuers = new HashMap<>();

  TrustSnapshot build(
      TrustSnapshot previous,
      List<AppDetails> apps,
      List<IssuerDetails> issuerDetails,
      List<AppAuthConfigDetails> configDetails) {
    for (IssuerDetails issuer : issuerDetails) {
      issuers.compute(issuer.id(), (id, known) -> issuer(issuer, known));
    }
    List<ConfigFacts> configs =
        configDetails.stream()
            .filter(config -> issuers.containsKey(config.jwt().issuerId()))
            .map(this::config)
            .toList();
    Map<String, AppTrust> byName = new HashMap<>();
    for (AppDetails app : apps) {
      byName.put(app.name(), kept(previous.app(app.name()), trust(app, configs)));
    }
    return new TrustSnapshot(byName, configs, urls(issuerDetails));
  }

  /// The same snapshot with new [AppTrust]s for all apps that the keys of this URL open.
  static TrustSnapshot withoutDecisions(TrustSnapshot snapshot, URI url) {
    Map<String, AppTrust> byName = new HashMap<>(snapshot.apps());
    byName.replaceAll(
        (name, trust) ->
            trust.configs().stream().anyMatch(c -> isFrom(c, url)) ? trust.renewed() : trust);
    return new TrustSnapshot(byName, snapshot.configs(), snapshot.jwksUrls());
  }

  private static boolean isFrom(ConfigFacts config, URI url) {
    return config.issuer().keys() instanceof KeySource.Url keys && keys.url().equals(url);
  }

  private static AppTrust kept(@Nullable AppTrust previous, AppTrust now) {
    return previous == null ? now : now.following(previous);
  }

  private AppTrust trust(AppDetails app, List<ConfigFacts> configs) {
    AppFacts facts = new AppFacts(app.id(), app.name(), app.url(), app.labels());
    List<ConfigFacts> matching =
        configs.stream().filter(c -> c.enabled() && c.appLabels().matches(app.labels())).toList();
    List<String> servers =
        matching.stream()
            .map(ConfigFacts::issuer)
            .filter(i -> Objects.requireNonNull(issuers.get(i.id())).isAuthorizationServer())
            .map(IssuerFacts::iss)
            .filter(iss -> iss.startsWith("https://") || iss.startsWith("http://"))
            .distinct()
            .toList();
    return new AppTrust(app, facts, matching, servers);
  }

  private static KnownIssuer issuer(IssuerDetails issuer, @Nullable KnownIssuer known) {
    if (known != null && known.revision() == issuer.revision()) {
      return known;
    }
    return new KnownIssuer(
        issuer.revision(),
        new IssuerFacts(issuer.id(), issuer.issuer(), issuer.subjectClaim(), keys(issuer)),
        issuer.authorizationServer());
  }

  static KeySource keys(IssuerDetails issuer) {
    String url = issuer.jwksUrl();
    if (url != null) {
      return new KeySource.Url(URI.create(url));
    }
    try {
      return new KeySource.Static(KeySet.parse(Objects.requireNonNull(issuer.staticJwks())));
    } catch (InvalidKeySetException e) {
      throw new IllegalStateException("the stored keys of " + issuer.id() + " are broken", e);
    }
  }

  private ConfigFacts config(AppAuthConfigDetails config) {
    AppAuthConfigDetails.Jwt jwt = config.jwt();
    return facts(config, Objects.requireNonNull(issuers.get(jwt.issuerId())).facts());
  }

  /// The facts of a config; `issuer` is the one that it names.
  static ConfigFacts facts(AppAuthConfigDetails config, IssuerFacts issuer) {
    AppAuthConfigDetails.Jwt jwt = config.jwt();
    return new ConfigFacts(
        config.id(),
        config.name(),
        issuer,
        jwt.audience(),
        LabelSelector.of(config.appLabels()),
        jwt.usernameClaims(),
        algorithms(jwt.algorithms()),
        jwt.maxTokenAge().equals(AppAuthConfig.AGE_OFF) ? null : Duration.parse(jwt.maxTokenAge()),
        Duration.parse(config.sessionLifetime()),
        Duration.parse(config.idleTimeout()),
        config.allow().stream().map(r -> AllowRule.of(r.claim(), r.anyOf())).toList(),
        config.requiredScopes(),
        config.allowedClients(),
        jwt.acceptIdTokens(),
        config.viaApps(),
        config.priority(),
        config.enabled());
  }

  private static Set<SigningAlgorithm> algorithms(List<String> names) {
    var algorithms = EnumSet.noneOf(SigningAlgorithm.class);
    names.forEach(name -> algorithms.add(Objects.requireNonNull(SigningAlgorithm.of(name))));
    return algorithms;
  }

  /// Of every issuer: sign-in uses some that no config trusts.
  private Set<URI> urls(List<IssuerDetails> issuerDetails) {
    return issuerDetails.stream()
        .map(issuer -> Objects.requireNonNull(issuers.get(issuer.id())).facts().keys())
        .filter(KeySource.Url.class::isInstance)
        .map(keys -> ((KeySource.Url) keys).url())
        .collect(Collectors.toSet());
  }
}
