package dev.sallyport.login;

import dev.sallyport.audit.AuditEntry;
import dev.sallyport.audit.AuditEventName;
import dev.sallyport.audit.AuditLog;
import dev.sallyport.authz.Permission;
import dev.sallyport.authz.RequiresPermission;
import dev.sallyport.cluster.Change;
import dev.sallyport.cluster.Changes;
import dev.sallyport.config.Settings;
import dev.sallyport.crypto.Secret;
import dev.sallyport.crypto.Vault;
import dev.sallyport.issuers.IssuerDetails;
import dev.sallyport.issuers.IssuerInput;
import dev.sallyport.issuers.IssuerService;
import dev.sallyport.login.discovery.DiscoveryClient;
import dev.sallyport.login.discovery.DiscoveryResult;
import dev.sallyport.login.discovery.ProviderMetadata;
import dev.sallyport.persistence.Revisions;
import dev.sallyport.problem.ProblemType;
import dev.sallyport.problem.SallyportException;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Keeps the providers.
@Stateless
public class ProviderService {
  @PersistenceContext EntityManager em;
  @Inject Clock clock;
  @Inject AuditLog audit;
  @Inject Changes changes;
  @Inject Settings settings;
  @Inject Vault vault;
  @Inject IssuerService issuers;
  @Inject DiscoveryClient discovery;
  @Inject GroupMappings mappings;
  @Inject ProviderUsers users;

  @RequiresPermission(Permission.AUTH_OIDC_LIST)
  public List<ProviderDetails> list() {
    return em.createQuery("select p from OidcProvider p order by p.name", OidcProvider.class)
        .getResultStream()
        .map(this::details)
        .toList();
  }

  @RequiresPermission(Permission.AUTH_OIDC_LIST)
  public ProviderDetails get(String id) {
    return details(find(id));
  }

  @RequiresPermission(Permission.AUTH_OIDC_CREATE)
  public ProviderDetails create(ProviderInput input) {
    CheckedProvider checked = ProviderCheck.check(input, true);
    ProviderMetadata metadata = offered(checked.issuer());
    requireFreeName(checked.name(), "");
    IssuerDetails issuer = issuers.named(issuerOf(input), metadata.jwksUri().toString());
    OidcProvider provider = new OidcProvider(checked, issuer.id(), clock.instant());
    encryptSecret(provider, input);
    em.persist(provider);
    return told(AuditEventName.OIDC_PROVIDER_CREATED, provider);
  }

  @RequiresPermission(Permission.AUTH_OIDC_EDIT)
  public ProviderDetails update(String id, long revision, ProviderInput input) {
    CheckedProvider checked = ProviderCheck.check(input, false);
    OidcProvider provider = find(id);
    Revisions.check(provider.revision, revision);
    // Whoever decides how its groups are read decides who gets their roles.
    mappings.requireConferrable(id);
    requireFreeName(checked.name(), id);
    if (!iss(provider).equals(checked.issuer()) && !input.hasSecret()) {
      throw SallyportException.invalid(
          "clientSecret", "must be given again: the stored one is for another issuer.");
    }
    provider.apply(checked, issuerOfChange(provider, checked, input), clock.instant());
    if (input.hasSecret()) {
      encryptSecret(provider, input);
    }
    return told(AuditEventName.OIDC_PROVIDER_CHANGED, provider);
  }

  /// Refuses while people who sign in with it are active, unless they shall be deactivated.
  @RequiresPermission(Permission.AUTH_OIDC_DELETE)
  public void delete(String id, long revision, boolean deactivate) {
    OidcProvider provider = find(id);
    Revisions.check(provider.revision, revision);
    users.leave(details(provider), deactivate);
    told(AuditEventName.OIDC_PROVIDER_DELETED, provider);
    em.remove(provider);
  }

  /// An unreachable provider can still be changed, as long as it stays the same one.
  private String issuerOfChange(
      OidcProvider provider, CheckedProvider checked, ProviderInput input) {
    boolean isSame = iss(provider).equals(checked.issuer());
    String jwksUrl = isSame ? "" : offered(checked.issuer()).jwksUri().toString();
    return issuers.named(issuerOf(input), jwksUrl).id();
  }

  private static IssuerInput issuerOf(ProviderInput input) {
    return new IssuerInput(input.issuer(), input.jwksUrl(), null, null, null);
  }

  private ProviderMetadata offered(String issuer) {
    return switch (discovery.fetch(issuer)) {
      case DiscoveryResult.Found(ProviderMetadata metadata) -> metadata;
      case DiscoveryResult.Failed failed -> throw failed.toAdmin();
    };
  }

  private void encryptSecret(OidcProvider provider, ProviderInput input) {
    Secret secret = new Secret(String.valueOf(input.clientSecret()));
    provider.clientSecret = vault.encrypt(secret, provider.secretPlace());
  }

  private ProviderDetails told(AuditEventName event, OidcProvider provider) {
    em.flush();
    changes.tell(Change.Kind.PROVIDER, List.of(provider.id));
    ProviderDetails details = details(provider);
    audit.record(
        AuditEntry.success(event)
            .on("oidc_provider", provider.id, provider.name)
            .with("issuer", details.issuer())
            .with("clientId", provider.clientId)
            .with("groupsClaim", provider.groupsClaim)
            .with("selfService", provider.selfService)
            .with("enabled", provider.enabled));
    return details;
  }

  private OidcProvider find(String id) {
    @Nullable OidcProvider provider = em.find(OidcProvider.class, id);
    if (provider == null) {
      throw new SallyportException(ProblemType.NOT_FOUND, "There is no provider " + id + ".");
    }
    return provider;
  }

  private ProviderDetails details(OidcProvider provider) {
    return provider.details(iss(provider), settings.publicBase());
  }

  private String iss(OidcProvider provider) {
    return em.createQuery("select i.iss from Issuer i where i.id = :id", String.class)
        .setParameter("id", provider.issuerId)
        .getSingleResult();
  }

  private void requireFreeName(String name, String ownId) {
    boolean isTaken =
        em.createQuery("select p.id from OidcProvider p where p.name = :name", String.class)
            .setParameter("name", name)
            .getResultStream()
            .anyMatch(id -> !id.equals(ownId));
    if (isTaken) {
      throw new SallyportException(
          ProblemType.NAME_TAKEN, "There is a provider named " + name + " already.");
    }
  }
}
