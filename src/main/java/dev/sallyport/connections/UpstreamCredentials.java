package dev.sallyport.connections;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.sallyport.appauth.verification.VerifiedToken;
import dev.sallyport.apps.AppDetails;
import dev.sallyport.appsessions.LiveToken;
import dev.sallyport.connections.flow.ConnectionTokens;
import dev.sallyport.connections.remote.Challenge;
import dev.sallyport.connections.remote.ConnectionSettings;
import dev.sallyport.crypto.Secret;
import dev.sallyport.problem.ProblemType;
import dev.sallyport.problem.SallyportException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Says what a call takes along. Asked on the cold path only; may wait for a token endpoint.
@ApplicationScoped
public class UpstreamCredentials {
  private static final Duration SOON = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofMillis(500);

  @Inject UpstreamCredentialService stored;
  @Inject OwnTokens own;
  @Inject ExchangeCache exchanged;
  @Inject ConnectionTokens connected;

  // Half of the threads that fetch for callers.
  private final WaitingPlaces places = new WaitingPlaces(4, PATIENCE);

  private record Version(String appId, long revision) {}

  private record Known(StoredCredential credential) {}

  // By revision: a change makes the app another one, and the old entry is never asked for again.
  private final Cache<Version, Known> known =
      Caffeine.newBuilder().maximumSize(10_000).expireAfterWrite(Duration.ofHours(1)).build();

  /// What a call with this token takes along to the app; refuses when a token endpoint gave none.
  public Provision provide(LiveToken live, Secret raw) {
    AppDetails app = live.trust().app();
    VerifiedToken token = live.token();
    StoredCredential credential = credential(app);
    CredentialSettings settings = credential.settings();
    if (token.isSignIn() && credential.kind().isMadeOfTheCallers()) {
      // There is no token, and what stands for one here must go no further.
      throw new SallyportException(
          ProblemType.UPSTREAM_WANTS_TOKEN, ProblemType.UPSTREAM_WANTS_TOKEN.cause());
    }
    return switch (credential.kind()) {
      case ASSERTION -> new Provision.Assertion();
      case NONE -> new Provision.Nothing();
      case STATIC ->
          new Provision.Header(
              Objects.requireNonNull(settings.header()),
              Objects.requireNonNull(credential.secret()),
              token.exp());
      case FORWARD -> bearer(new FetchedToken(raw, token.exp()), token);
      case CLIENT_CREDENTIALS -> bearer(ownToken(credential), token);
      case EXCHANGE -> bearer(exchangedToken(credential, token, raw), token);
      case CONNECTION ->
          places.waiting(
              credential.appId(),
              () -> connected.provide(live, Objects.requireNonNull(settings.connection())));
    };
  }

  private FetchedToken exchangedToken(
      StoredCredential credential, VerifiedToken token, Secret raw) {
    return exchanged
        .held(credential, token, raw)
        .orElseGet(() -> exchanged.get(credential, token, raw, places));
  }

  private static Provision bearer(FetchedToken fetched, VerifiedToken token) {
    Instant until = fetched.until().isBefore(token.exp()) ? fetched.until() : token.exp();
    return new Provision.Header(
        "Authorization", new Secret("Bearer " + fetched.value().reveal()), until);
  }

  /// Reads what these apps' upstreams get in one go.
  public void prepare(Collection<AppDetails> apps) {
    Map<String, StoredCredential> byApp =
        stored.all().stream()
            .collect(Collectors.toMap(StoredCredential::appId, Function.identity()));
    for (AppDetails app : apps) {
      StoredCredential credential =
          byApp.getOrDefault(app.id(), StoredCredential.standard(app.id()));
      known.put(new Version(app.id(), app.revision()), new Known(credential));
    }
  }

  private StoredCredential credential(AppDetails app) {
    Version version = new Version(app.id(), app.revision());
    return known
        .get(
            version,
            v ->
                new Known(
                    stored.find(v.appId()).orElseGet(() -> StoredCredential.standard(v.appId()))))
        .credential();
  }

  private FetchedToken ownToken(StoredCredential credential) {
    return own.held(credential).orElseGet(() -> own.get(credential, places));
  }

  /// The upstream refused what a token endpoint had given: the next call asks for something new.
  ///
  /// @param sent the header as it was sent
  public void refused(LiveToken live, Secret raw, Secret sent) {
    AppDetails app = live.trust().app();
    StoredCredential credential = credential(app);
    Secret token = withoutScheme(sent);
    if (credential.kind() == CredentialKind.CLIENT_CREDENTIALS) {
      own.refused(credential, token);
    } else {
      exchanged.refused(credential, live.token(), raw, token);
    }
  }

  private static Secret withoutScheme(Secret header) {
    return new Secret(header.reveal().replaceFirst("^Bearer ", ""));
  }

  /// What a call takes along after the app's server would not take its person's token, or wanted
  /// more rights.
  ///
  /// @param sent the header as it was sent
  public Provision connectAgain(LiveToken live, Secret sent, Challenge challenge) {
    ConnectionSettings settings =
        connection(live.trust().app())
            .orElseThrow(() -> SallyportException.retryAfter(ProblemType.NOT_CURRENT, SOON));
    Secret token = withoutScheme(sent);
    return places.waiting(
        live.trust().app().id(),
        () ->
            "insufficient_scope".equals(challenge.error())
                ? connected.more(live, settings, token, challenge)
                : connected.refused(live, settings, token, challenge));
  }

  /// What the app's upstreams get.
  public CredentialKind kind(AppDetails app) {
    return credential(app).kind();
  }

  /// How the app's people connect their own accounts; empty when they don't.
  public Optional<ConnectionSettings> connection(AppDetails app) {
    StoredCredential credential = credential(app);
    return credential.kind() == CredentialKind.CONNECTION
        ? Optional.of(Objects.requireNonNull(credential.settings().connection()))
        : Optional.empty();
  }

  /// Why the app's upstream at this URL gets nothing of the kind; null when it may have it.
  public @Nullable String fault(AppDetails app, String upstream) {
    StoredCredential credential = credential(app);
    return credential.kind().isPortable()
        ? OwnOrigin.fault(upstream, credential.kind(), credential.settings())
        : null;
  }
}
