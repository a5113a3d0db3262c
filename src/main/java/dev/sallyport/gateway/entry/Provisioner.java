package dev.sallyport.gateway.entry;

import dev.sallyport.appsessions.LiveToken;
import dev.sallyport.appsessions.LiveToken.UpstreamHeader;
import dev.sallyport.connections.AuthRequired;
import dev.sallyport.connections.Provision;
import dev.sallyport.connections.UpstreamCredentials;
import dev.sallyport.connections.remote.Challenge;
import dev.sallyport.crypto.Secret;
import dev.sallyport.problem.ProblemType;
import dev.sallyport.problem.SallyportException;
import io.undertow.util.HttpString;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

/// Gives a caller's token what its calls take along to the upstream. May wait for a token endpoint:
/// never on an I/O thread.
public final class Provisioner {
  private static final long AHEAD_MILLIS = 60_000;
  private static final int MOST_TRIES = 3;
  private static final Duration SOON = Duration.ofSeconds(1);

  private final UpstreamCredentials credentials;
  private final AssertionSigner assertions;
  private final Clock clock;

  public Provisioner(UpstreamCredentials credentials, AssertionSigner assertions, Clock clock) {
    this.credentials = credentials;
    this.assertions = assertions;
    this.clock = clock;
  }

  /// The header's name as the server's own type, without making a new one at each call.
  public static HttpString name(UpstreamHeader header) {
    return header.name().equals(AssertionSigner.HEADER_NAME)
        ? AssertionSigner.HEADER
        : HttpString.tryFromString(header.name());
  }

  public AssertionSigner assertions() {
    return assertions;
  }

  /// Forgets what an upstream would not take, so that the next call asks for something new. What
  /// was fetched meanwhile stays.
  ///
  /// @param sent the header as it was sent
  public void refused(LiveToken live, Secret raw, Secret sent) {
    credentials.refused(live, raw, sent);
    if (live.upstreamHeader().value().equals(sent.reveal())) {
      live.forgetUpstreamHeader();
    }
  }

  /// Provides the token anew; refuses the call when nothing could be had that it must take along.
  public Provided provide(LiveToken live, Secret raw) {
    return taken(live, () -> credentials.provide(live, raw));
  }

  /// The same after an app's server would not take what its person's account gave, or wanted more.
  public Provided provideAgain(LiveToken live, Secret sent, Challenge challenge) {
    return taken(live, () -> credentials.connectAgain(live, sent, challenge));
  }

  /// Asked again when what was provided was withdrawn while it was on its way.
  private Provided taken(LiveToken live, Supplier<Provision> provider) {
    for (int tries = 0; tries < MOST_TRIES; tries++) {
      long asOf = live.withdrawals();
      Provision provision = provider.get();
      if (provision instanceof Provision.SignIn(AuthRequired need)) {
        live.forgetUpstreamHeader();
        return new Provided.Needed(live, need);
      }
      UpstreamHeader header = header(live, provision);
      if (live.upstreamHeader(header, asOf)) {
        return new Provided.Ready(new Passage(live, header));
      }
    }
    throw SallyportException.retryAfter(ProblemType.NOT_CURRENT, SOON);
  }

  private UpstreamHeader header(LiveToken live, Provision provision) {
    long end = live.token().exp().toEpochMilli();
    return switch (provision) {
      case Provision.Assertion() -> assertions.sign(live);
      case Provision.Nothing() -> new UpstreamHeader("", "", end, end);
      case Provision.Header(String name, Secret value, Instant until) ->
          header(name, value, until.toEpochMilli(), end);
      case Provision.SignIn signIn -> throw new IllegalArgumentException(signIn.toString());
    };
  }

  /// A fetched one is replaced a minute ahead, or at half of its rest; one that lasts as long as
  /// the caller's token never.
  private UpstreamHeader header(String name, Secret value, long until, long end) {
    long rest = Math.max(0, until - clock.millis());
    long fresh = until >= end ? until : until - Math.min(AHEAD_MILLIS, rest / 2);
    return new UpstreamHeader(name, value.reveal(), fresh, until);
  }
}
