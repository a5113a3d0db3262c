package dev.sallyport.login;

import dev.sallyport.audit.AuditEntry;
import dev.sallyport.audit.AuditEventName;
import dev.sallyport.audit.AuditLog;
import dev.sallyport.authz.NoPermissionNeeded;
import dev.sallyport.authz.Permission;
import dev.sallyport.authz.RequiresPermission;
import dev.sallyport.issuers.IssuerDetails;
import dev.sallyport.issuers.IssuerService;
import dev.sallyport.jose.InvalidKeySetException;
import dev.sallyport.jose.JwksCache;
import dev.sallyport.jose.JwksStatus;
import dev.sallyport.jose.KeySet;
import dev.sallyport.jose.KeySource;
import dev.sallyport.login.discovery.Discovery;
import dev.sallyport.login.discovery.DiscoveryResult;
import dev.sallyport.problem.ProblemType;
import dev.sallyport.problem.SallyportException;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// How this node stands with a provider's keys, which are those of its issuer.
@Stateless
public class ProviderKeys {
  @Inject Providers providers;
  @Inject IssuerService issuers;
  @Inject JwksCache jwks;
  @Inject Discovery discovery;
  @Inject AuditLog audit;

  /// `url` is absent where the issuer's keys are stored here; nothing is fetched then.
  public record Status(
      @Nullable String url,
      @Nullable Instant lastSuccess,
      @Nullable Instant lastAttempt,
      @Nullable String lastError,
      List<String> keyIds,
      Map<String, Integer> ignored,
      @Nullable Instant nextRefresh) {}

  @RequiresPermission(Permission.AUTH_OIDC_LIST)
  public Status status(String providerId) {
    return switch (source(find(providerId))) {
      case KeySource.Url(URI url) -> status(jwks.status(url));
      case KeySource.Static(KeySet keys) ->
          new Status(null, null, null, null, keys.keyIds(), keys.ignored(), null);
    };
  }

  /// Asks the provider about itself and its keys now. A provider that has become unfit is refused
  /// here as at the next sign-in.
  @RequiresPermission(Permission.AUTH_OIDC_EDIT)
  public Status refresh(String providerId) {
    ProviderDetails provider = find(providerId);
    if (discovery.refresh(provider.subject()) instanceof DiscoveryResult.Failed failed) {
      throw failed.toAdmin();
    }
    if (source(provider) instanceof KeySource.Url(URI url)) {
      jwks.refreshNow(url);
    }
    audit.record(
        AuditEntry.success(AuditEventName.OIDC_PROVIDER_REFRESHED)
            .on("oidc_provider", provider.id(), provider.name()));
    return status(providerId);
  }

  /// Where the keys are that verify a provider's tokens.
  @NoPermissionNeeded("Sign-in verifies before there is an actor.")
  public KeySource source(ProviderDetails provider) {
    return sourceOf(issuer(provider));
  }

  /// The issuer of a provider: it says which claim names a person.
  @NoPermissionNeeded("Sign-in verifies before there is an actor.")
  public IssuerDetails issuer(ProviderDetails provider) {
    return issuers.all().stream()
        .filter(issuer -> issuer.id().equals(provider.issuerId()))
        .findFirst()
        .orElseThrow();
  }

  private static KeySource sourceOf(IssuerDetails issuer) {
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

  private ProviderDetails find(String id) {
    return providers
        .byId(id)
        .orElseThrow(
            () ->
                new SallyportException(ProblemType.NOT_FOUND, "There is no provider " + id + "."));
  }

  private static Status status(JwksStatus status) {
    return new Status(
        status.url().toString(),
        status.lastSuccess(),
        status.lastAttempt(),
        status.lastError(),
        status.keyIds(),
        status.ignored(),
        status.nextRefresh());
  }
}
