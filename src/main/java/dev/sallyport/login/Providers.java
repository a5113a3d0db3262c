package dev.sallyport.login;

import dev.sallyport.authz.NoPermissionNeeded;
import dev.sallyport.config.Settings;
import dev.sallyport.crypto.Secret;
import dev.sallyport.crypto.Vault;
import dev.sallyport.persistence.Sql;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The providers for sign-in and logout, which come before there is an actor. Read anew each time:
/// a change acts at once on every node.
@Stateless
@NoPermissionNeeded("Sign-in and logout come before there is an actor.")
public class Providers {
  @PersistenceContext EntityManager em;
  @Inject Settings settings;
  @Inject Vault vault;
  @Inject Sql sql;

  public Optional<ProviderDetails> byId(String id) {
    return all().filter(provider -> provider.id().equals(id)).findFirst();
  }

  /// Whether the provider still is as it was read, and enabled; nobody changes or deletes it before
  /// the caller's transaction has ended.
  public boolean hold(ProviderDetails provider) {
    return sql.first(
            "select id from oidc_provider where id = ? and revision = ? and enabled for share",
            row -> row.text("id"),
            provider.id(),
            provider.revision())
        .isPresent();
  }

  /// Every provider of this `iss`, enabled or not.
  public List<ProviderDetails> ofIssuer(String iss) {
    return all().filter(provider -> provider.issuer().equals(iss)).toList();
  }

  public List<ProviderDetails> enabled() {
    return all().filter(ProviderDetails::enabled).toList();
  }

  /// The secret that the client proves itself with at the provider.
  public Secret clientSecret(String id) {
    OidcProvider provider = em.find(OidcProvider.class, id);
    return vault.decrypt(provider.clientSecret, provider.secretPlace());
  }

  private Stream<ProviderDetails> all() {
    return em.createQuery(
            "select p, i.iss from OidcProvider p join Issuer i on i.id = p.issuerId order by p.name",
            Object[].class)
        .getResultStream()
        .map(row -> ((OidcProvider) row[0]).details((String) row[1], settings.publicBase()));
  }
}
