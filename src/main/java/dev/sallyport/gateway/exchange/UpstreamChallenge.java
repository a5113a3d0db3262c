package dev.sallyport.gateway.exchange;

import dev.sallyport.connections.CredentialKind;
import dev.sallyport.connections.remote.Challenge;
import dev.sallyport.gateway.routes.Route;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads out of an upstream's refusal whether it is about what the gateway sent.
public final class UpstreamChallenge {
  private static final Challenge UNSAID = new Challenge(null, List.of(), null);

  private UpstreamChallenge() {}

  /// What the upstream's answer says of the token that it got; null when it is the client's matter.
  /// What it wants in place of the client's own token must not look as if it were about that one.
  public static @Nullable Challenge of(HttpServerExchange answered, Route route) {
    HeaderValues values = answered.getResponseHeaders().get(Headers.WWW_AUTHENTICATE);
    Challenge challenge =
        Challenge.parse(values == null ? List.of() : List.copyOf(values)).orElse(null);
    if (answered.getStatusCode() == 403) {
      boolean isForMore = challenge != null && "insufficient_scope".equals(challenge.error());
      return route.connects() && isForMore ? challenge : null;
    }
    if (route.connects() || route.fetches()) {
      return challenge == null ? UNSAID : challenge;
    }
    return route.credential() == CredentialKind.FORWARD ? null : challenge;
  }
}
