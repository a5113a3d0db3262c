package dev.sallyport.login.flow;

import dev.sallyport.appsessions.PersonSessions;
import dev.sallyport.consolesessions.StartedSession;
import dev.sallyport.crypto.Secret;
import dev.sallyport.issuers.IssuerDetails;
import dev.sallyport.jose.Claims;
import dev.sallyport.jose.JwksCache;
import dev.sallyport.login.ProviderDetails;
import dev.sallyport.login.ProviderKeys;
import dev.sallyport.login.Providers;
import dev.sallyport.login.discovery.Discovery;
import dev.sallyport.login.discovery.DiscoveryResult;
import dev.sallyport.login.discovery.ProviderMetadata;
import dev.sallyport.problem.ProblemType;
import dev.sallyport.problem.SallyportException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The second half of a sign-in, in the order of its checks: the answer, the browser, the provider,
/// the code, the ID token, the person.
@ApplicationScoped
class SignInFinish {
  @Inject Providers providers;
  @Inject ProviderKeys keys;
  @Inject Discovery discovery;
  @Inject PreLogins logins;
  @Inject ProviderCalls calls;
  @Inject PersonReader people;
  @Inject SignInCompletion completion;
  @Inject JwksCache jwks;
  @Inject Clock clock;

  /// Who came back, and where they wanted to go.
  record Finished(StartedSession session, String returnTo) {}

  /// Takes the sign-in that the browser's cookie names. What is wrong from here on is known to
  /// concern this provider.
  PreLogin take(CallbackAnswer answer, Optional<String> id) {
    if (answer.error() != null && id.isEmpty()) {
      throw idpError(answer.error());
    }
    PreLogin login =
        logins
            .take(id.orElseThrow(() -> refusal(ProblemType.SIGN_IN_COOKIE_MISSING)))
            .orElseThrow(() -> refusal(ProblemType.SIGN_IN_EXPIRED));
    // Secrets compare in constant time.
    if (!new Secret(login.state()).equals(new Secret(answer.state()))) {
      throw refusal(ProblemType.SIGN_IN_STATE_MISMATCH);
    }
    return login;
  }

  Finished finish(CallbackAnswer answer, PreLogin login, String userAgent) {
    ProviderDetails provider = provider(login);
    ProviderMetadata metadata = metadata(provider);
    checkIss(answer, provider, metadata);
    Secret code = answer.code();
    if (code == null) {
      throw idpError(String.valueOf(answer.error()));
    }
    TokenAnswer tokens =
        calls.exchange(provider, metadata, new OidcMessages.Exchange(code, login.verifier()));
    IssuerDetails issuer = keys.issuer(provider);
    Claims claims = verified(tokens, provider, login);
    PersonReader.Source source =
        new PersonReader.Source(provider, issuer, metadata, tokens, claims);
    PersonReader.Read read = people.read(source);
    var arrival =
        new SignInCompletion.Arrival(
            provider,
            read.person(),
            tokens.idToken(),
            read.claims(),
            new PersonSessions.SignIn(
                read.person().issuer(),
                read.person().subject(),
                claims.string("sid"),
                claims.instant("auth_time"),
                Instant.ofEpochMilli(login.begun())),
            userAgent);
    return switch (completion.complete(arrival)) {
      case SignInCompletion.Completion.Entered(StartedSession session) ->
          new Finished(session, login.returnTo());
      case SignInCompletion.Completion.Refused(ProblemType type) -> throw refusal(type);
    };
  }

  private ProviderDetails provider(PreLogin login) {
    return providers
        .byId(login.providerId())
        .filter(p -> p.enabled() && p.revision() == login.providerRevision())
        .orElseThrow(() -> refusal(ProblemType.SIGN_IN_PROVIDER_CHANGED));
  }

  private ProviderMetadata metadata(ProviderDetails provider) {
    return switch (discovery.of(provider.subject())) {
      case DiscoveryResult.Found(ProviderMetadata metadata) -> metadata;
      case DiscoveryResult.Failed failed -> throw failed.toVisitor();
    };
  }

  /// RFC 9207 section 2.4: against answers that one provider's client got from another.
  private static void checkIss(
      CallbackAnswer answer, ProviderDetails provider, ProviderMetadata metadata) {
    if (answer.iss() == null && metadata.sendsIss()) {
      throw refusal(ProblemType.SIGN_IN_ISS_MISSING);
    }
    if (answer.iss() != null && !answer.iss().equals(provider.issuer())) {
      throw refusal(ProblemType.SIGN_IN_ISS_MISMATCH);
    }
  }

  private Claims verified(TokenAnswer tokens, ProviderDetails provider, PreLogin login) {
    var expected =
        new IdTokenCheck.Expected(
            provider.issuer(),
            provider.clientId(),
            login.nonce(),
            Duration.ofSeconds(provider.iatWindowSeconds()),
            provider.requireAtHash(),
            tokens.accessToken());
    IdTokenCheck check = new IdTokenCheck(jwks, clock);
    return switch (check.check(tokens.idToken(), keys.source(provider), expected)) {
      case IdTokenCheck.Verdict.Accepted(Claims claims) -> claims;
      case IdTokenCheck.Verdict.Refused(ProblemType code) -> throw refusal(code);
    };
  }

  private static SallyportException idpError(@Nullable String error) {
    boolean isDenied = "access_denied".equals(error);
    return new SallyportException(
        isDenied ? ProblemType.SIGN_IN_DENIED : ProblemType.SIGN_IN_IDP_ERROR,
        "The identity provider answered: " + IdpError.shown(error) + ".");
  }

  static SallyportException refusal(ProblemType type) {
    return new SallyportException(type, type.cause());
  }
}
