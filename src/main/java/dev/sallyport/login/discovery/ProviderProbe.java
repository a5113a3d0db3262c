package dev.sallyport.login.discovery;

import static dev.sallyport.login.discovery.ProviderTest.Outcome.FAILED;
import static dev.sallyport.login.discovery.ProviderTest.Outcome.OK;
import static dev.sallyport.login.discovery.ProviderTest.Outcome.SKIPPED;
import static dev.sallyport.login.discovery.ProviderTest.Outcome.WARNING;

import dev.sallyport.http.AddressGuard.Purpose;
import dev.sallyport.http.FetchRequest;
import dev.sallyport.http.FetchResult;
import dev.sallyport.http.GuardedResolver;
import dev.sallyport.http.OutboundException;
import dev.sallyport.http.OutboundHttp;
import dev.sallyport.jose.InvalidKeySetException;
import dev.sallyport.jose.KeySet;
import dev.sallyport.login.discovery.ProviderTest.Steps;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Walks the way of a sign-in up to the login page, and says at each step what it found.
@ApplicationScoped
public class ProviderProbe {
  private static final Duration FINE = Duration.ofSeconds(10);
  private static final Duration LEEWAY = Duration.ofSeconds(60);

  /// An answer, and when it was here by our clock.
  private record Dated(FetchResult answer, Instant at) {}

  @Inject GuardedResolver resolver;
  @Inject OutboundHttp outbound;
  @Inject DiscoveryClient discovery;
  @Inject Clock clock;

  /// Tries an issuer now.
  public ProviderTest of(String issuer) {
    Steps steps = new Steps();
    if (dns(URI.create(issuer), steps)) {
      fetch(issuer, steps);
    }
    return steps.end();
  }

  private boolean dns(URI issuer, Steps steps) {
    boolean isPlain = "http".equals(issuer.getScheme());
    int port = issuer.getPort() >= 0 ? issuer.getPort() : isPlain ? 80 : 443;
    switch (resolver.resolve(Purpose.CONTROL, issuer.getHost(), port)) {
      case GuardedResolver.Resolution.Found found -> {
        List<String> texts = new ArrayList<>();
        found.addresses().forEach(address -> texts.add(address.getHostAddress()));
        steps.add(OK, issuer.getHost() + " is " + String.join(", ", texts) + ".");
        return true;
      }
      case GuardedResolver.Resolution.Refused(String sentence) -> steps.add(FAILED, sentence);
      case GuardedResolver.Resolution.Unknown(String sentence) -> steps.add(FAILED, sentence);
    }
    return false;
  }

  private void fetch(String issuer, Steps steps) {
    try {
      FetchResult answer = discovery.get(issuer);
      tls(issuer, steps);
      document(issuer, new Dated(answer, clock.instant()), steps);
    } catch (OutboundException e) {
      String sentence = String.valueOf(e.getMessage());
      switch (e.reason()) {
        case TLS, NOT_HTTPS -> steps.add(FAILED, sentence);
        case BAD_URL, REFUSED_ADDRESS, DNS, CONNECT, TIMEOUT, TOO_LARGE, REDIRECTS, IO -> {
          steps.add(SKIPPED, "No connection, or it broke off.");
          steps.add(FAILED, sentence);
        }
      }
    }
  }

  private static void tls(String issuer, Steps steps) {
    if (issuer.startsWith("https://")) {
      steps.add(OK, "The certificate is trusted and fits the host.");
    } else {
      steps.add(WARNING, "Plain http, which SALLYPORT_OUTBOUND_ALLOW permits for this host.");
    }
  }

  private void document(String issuer, Dated dated, Steps steps) {
    FetchResult answer = dated.answer;
    DiscoveryResult result =
        answer.isOk()
            ? DiscoveryDocument.parse(answer.text())
            : DiscoveryDocument.broken(DiscoveryClient.wrongStatus(answer));
    switch (result) {
      case DiscoveryResult.Failed(_, String detail) -> steps.add(FAILED, detail);
      case DiscoveryResult.Found(ProviderMetadata metadata) -> {
        steps.add(OK, endpoints(metadata));
        issuer(issuer, metadata, steps);
        jwks(metadata, steps);
        algorithms(metadata, steps);
        issParameter(metadata, steps);
        clock(dated, steps);
      }
    }
  }

  private static String endpoints(ProviderMetadata metadata) {
    return "authorization_endpoint %s, token_endpoint %s, userinfo_endpoint %s, end_session_endpoint %s"
        .formatted(
            metadata.authorizationEndpoint(),
            metadata.tokenEndpoint(),
            metadata.userInfoEndpoint() == null ? "none" : metadata.userInfoEndpoint(),
            metadata.endSessionEndpoint() == null ? "none" : metadata.endSessionEndpoint());
  }

  private static void issuer(String issuer, ProviderMetadata metadata, Steps steps) {
    if (metadata.issuer().equals(issuer)) {
      steps.add(OK, issuer);
    } else {
      boolean isSlash =
          metadata.issuer().equals(issuer + "/") || issuer.equals(metadata.issuer() + "/");
      String hint = isSlash ? " Only the slash at the end differs." : "";
      steps.add(FAILED, DiscoveryDocument.otherIssuer(metadata, issuer) + hint);
    }
  }

  private void jwks(ProviderMetadata metadata, Steps steps) {
    try {
      FetchResult answer =
          outbound.fetch(
              FetchRequest.get(metadata.jwksUri())
                  .header("Accept", "application/jwk-set+json, application/json"));
      if (!answer.isOk()) {
        steps.add(FAILED, metadata.jwksUri() + " answered with status " + answer.status() + ".");
        return;
      }
      KeySet keys = KeySet.parse(answer.text());
      String ignored = keys.ignored().isEmpty() ? "" : "; ignored: " + keys.ignored();
      steps.add(OK, metadata.jwksUri() + " has the keys " + keys.keyIds() + ignored);
    } catch (OutboundException e) {
      steps.add(FAILED, String.valueOf(e.getMessage()));
    } catch (InvalidKeySetException e) {
      steps.add(FAILED, metadata.jwksUri() + " is no usable key set: " + e.reason() + ".");
    }
  }

  private static void algorithms(ProviderMetadata metadata, Steps steps) {
    List<String> offered = metadata.idTokenAlgorithms();
    String names = String.join(", ", offered);
    if (metadata.isDowngraded()) {
      steps.add(FAILED, DiscoveryDocument.onlyWeak(metadata));
    } else if (offered.isEmpty()) {
      steps.add(WARNING, "The document names no algorithms for ID tokens; RS256 is expected.");
    } else if (metadata.usableAlgorithms().size() < offered.size()) {
      steps.add(WARNING, names + "; of these, HS*, none and unknown ones are never accepted.");
    } else {
      steps.add(OK, names);
    }
  }

  private static void issParameter(ProviderMetadata metadata, Steps steps) {
    if (metadata.sendsIss()) {
      steps.add(OK, "Answers name their issuer (RFC 9207), which is then required.");
    } else {
      steps.add(
          WARNING,
          "Answers don't name their issuer (RFC 9207). Give each provider its own client.");
    }
  }

  private static void clock(Dated dated, Steps steps) {
    try {
      String date = dated.answer.header("Date").orElse("");
      Instant theirs =
          ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME.withLocale(Locale.ROOT))
              .toInstant();
      Duration offset = Duration.between(dated.at, theirs);
      Duration size = offset.abs();
      String sentence =
          "The provider's clock is %d s %s."
              .formatted(size.toSeconds(), offset.isNegative() ? "behind" : "ahead");
      steps.add(
          size.compareTo(FINE) <= 0 ? OK : size.compareTo(LEEWAY) <= 0 ? WARNING : FAILED,
          sentence);
    } catch (DateTimeException e) {
      steps.add(SKIPPED, "The answer has no Date.");
    }
  }
}
