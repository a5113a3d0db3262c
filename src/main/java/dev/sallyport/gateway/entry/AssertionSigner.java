package dev.sallyport.gateway.entry;

import dev.sallyport.appauth.verification.ActorChain;
import dev.sallyport.appauth.verification.VerifiedToken;
import dev.sallyport.appsessions.LiveToken;
import dev.sallyport.appsessions.LiveToken.UpstreamHeader;
import dev.sallyport.crypto.RandomTokens;
import dev.sallyport.jose.JwtSigner;
import io.undertow.util.HttpString;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/// Says to an upstream who calls, in a token of its own. Never lives longer than the token that it
/// speaks for.
public final class AssertionSigner {
  public static final String HEADER_NAME = "Sallyport-Jwt-Assertion";
  public static final HttpString HEADER = new HttpString(HEADER_NAME);

  private final Supplier<JwtSigner> signer;
  private final String issuer;
  private final Duration lifetime;
  private final Clock clock;

  public AssertionSigner(
      Supplier<JwtSigner> signer, String issuer, Duration lifetime, Clock clock) {
    this.signer = signer;
    this.issuer = issuer;
    this.lifetime = lifetime;
    this.clock = clock;
  }

  public String publicKeys() {
    return signer.get().publicKeys();
  }

  /// A new assertion for the token. It counts as fresh for half of its life, so that it is replaced
  /// long before an upstream could see it expire.
  UpstreamHeader sign(LiveToken live) {
    VerifiedToken token = live.token();
    Instant now = clock.instant();
    Instant end = now.plus(lifetime);
    Instant expiry = token.exp().isBefore(end) ? token.exp() : end;
    String text = signer.get().sign(claims(live, now, expiry));
    long half = Duration.between(now, expiry).toMillis() / 2;
    return new UpstreamHeader(HEADER_NAME, text, now.toEpochMilli() + half, expiry.toEpochMilli());
  }

  private String identityProvider(VerifiedToken token) {
    String first = token.iss().equals(issuer) ? token.claims().string("idp") : token.iss();
    return first == null ? token.iss() : first;
  }

  private Map<String, Object> claims(LiveToken live, Instant now, Instant expiry) {
    VerifiedToken token = live.token();
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("iss", issuer);
    claims.put("aud", live.trust().app().uri());
    claims.put("sub", token.subject());
    // All assertions share one `iss`; only with its provider is a subject one person.
    claims.put("idp", identityProvider(token));
    claims.put("username", token.username());
    claims.put("groups", token.groups());
    claims.put("sid", live.session().id());
    claims.put("app", live.trust().app().name());
    claims.put("iat", now.getEpochSecond());
    claims.put("exp", expiry.getEpochSecond());
    claims.put("jti", RandomTokens.id("jti_"));
    if (token.email() != null) {
      claims.put("email", token.email());
    }
    if (token.client() != null) {
      claims.put("client", token.client());
    }
    Map<String, Object> act = ActorChain.ofCompact(token.act()).claim();
    if (!act.isEmpty()) {
      claims.put("act", act);
    }
    return claims;
  }
}
