package dev.sallyport.appauth;

import dev.sallyport.appauth.verification.AppFacts;
import dev.sallyport.appauth.verification.ConfigFacts;
import dev.sallyport.appauth.verification.IssuerFacts;
import dev.sallyport.appauth.verification.TokenVerifier;
import dev.sallyport.appauth.verification.Verdict;
import dev.sallyport.apps.LabelSelector;
import dev.sallyport.config.Settings;
import dev.sallyport.issuers.IssuerDetails;
import dev.sallyport.persistence.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Verifies tokens that open no app, by the very rules that hold for those that do.
@ApplicationScoped
public class IssuerTokens {
  private static final LabelSelector ANY = LabelSelector.of(Map.of("*", List.of("*")));

  @Inject TokenVerifier verifier;
  @Inject Trust trust;
  @Inject Settings settings;
  @Inject Sql sql;

  /// What the token must be.
  public record Wanted(IssuerDetails issuer, String audience, Duration maxAge) {}

  /// The answer about a token of this issuer, for this audience and no other.
  public Verdict verify(Wanted wanted, String rawToken) {
    var nowhere = new AppFacts("", "", wanted.audience(), Map.of());
    return verifier.verify(nowhere, List.of(facts(wanted)), rawToken, () -> false);
  }

  private static ConfigFacts facts(Wanted wanted) {
    IssuerDetails issuer = wanted.issuer();
    return new ConfigFacts(
        "",
        "",
        new IssuerFacts(
            issuer.id(), issuer.issuer(), issuer.subjectClaim(), TrustBuilder.keys(issuer)),
        wanted.audience(),
        ANY,
        List.of("sub"),
        Set.of(),
        wanted.maxAge(),
        wanted.maxAge(),
        wanted.maxAge(),
        List.of(),
        List.of(),
        List.of(),
        false,
        List.of(),
        0,
        true);
  }

  /// Whether tokens for this audience open apps, or will once somebody registers one.
  public boolean opensApps(String audience) {
    String base = settings.publicBase();
    return audience.startsWith(base + "/mcp/")
        || audience.startsWith(base + "/apps/")
        || trust.current().apps().values().stream()
            .anyMatch(app -> app.facts().canonicalUrl().equals(audience))
        || sql.first(
                "select id from app_auth_config where audience = ?",
                row -> row.text("id"),
                audience)
            .isPresent();
  }
}
