package dev.sallyport.login;

import dev.sallyport.crypto.RandomTokens;
import dev.sallyport.crypto.Vault;
import dev.sallyport.persistence.StringListJson;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.List;

/// An identity provider that people sign in through. Its client secret is stored encrypted and
/// shown to nobody.
@Entity
@Table(name = "oidc_provider")
class OidcProvider {
  @Id String id;
  @Column String name;

  @Column(name = "issuer_id")
  String issuerId;

  @Column(name = "client_id")
  String clientId;

  @Column(name = "client_secret")
  String clientSecret;

  @Column
  @Convert(converter = StringListJson.class)
  List<String> scopes;

  @Column(name = "groups_claim")
  String groupsClaim;

  @Column(name = "userinfo_fallback")
  boolean userinfoFallback;

  @Column(name = "allowed_email_domains")
  @Convert(converter = StringListJson.class)
  List<String> allowedEmailDomains;

  @Column(name = "iat_window_seconds")
  int iatWindowSeconds;

  @Column(name = "require_at_hash")
  boolean requireAtHash;

  @Column(name = "logout_clients")
  @Convert(converter = StringListJson.class)
  List<String> logoutClients;

  @Column(name = "logout_ends")
  String logoutEnds;

  @Column(name = "end_connections_on_logout")
  boolean endConnectionsOnLogout;

  @Column(name = "self_service")
  boolean selfService;

  @Column boolean enabled;
  @Version long revision;

  @Column(name = "created_at")
  Instant createdAt;

  @Column(name = "updated_at")
  Instant updatedAt;

  protected OidcProvider() {}

  OidcProvider(CheckedProvider checked, String issuerId, Instant now) {
    this.id = RandomTokens.id("idp_");
    this.createdAt = now;
    apply(checked, issuerId, now);
  }

  /// Takes over everything but the client secret.
  final void apply(CheckedProvider checked, String newIssuerId, Instant now) {
    this.issuerId = newIssuerId;
    this.name = checked.name();
    this.clientId = checked.clientId();
    this.scopes = checked.scopes();
    this.groupsClaim = checked.groupsClaim();
    this.userinfoFallback = checked.userinfoFallback();
    this.allowedEmailDomains = checked.allowedEmailDomains();
    this.iatWindowSeconds = checked.iatWindowSeconds();
    this.requireAtHash = checked.requireAtHash();
    this.logoutClients = checked.logoutClients();
    this.logoutEnds = checked.logoutEnds();
    this.endConnectionsOnLogout = checked.endConnectionsOnLogout();
    this.selfService = checked.selfService();
    this.enabled = checked.enabled();
    this.updatedAt = now;
  }

  /// Where the ciphertext of the secret lives.
  Vault.Place secretPlace() {
    return new Vault.Place("oidc_provider", id, "client_secret");
  }

  ProviderDetails details(String iss, String publicBase) {
    return new ProviderDetails(
        id,
        name,
        issuerId,
        iss,
        clientId,
        List.copyOf(scopes),
        groupsClaim,
        userinfoFallback,
        List.copyOf(allowedEmailDomains),
        iatWindowSeconds,
        requireAtHash,
        List.copyOf(logoutClients),
        logoutEnds,
        endConnectionsOnLogout,
        selfService,
        enabled,
        ProviderDetails.redirectUri(publicBase),
        ProviderDetails.backchannelLogoutUri(publicBase),
        revision,
        createdAt,
        updatedAt);
  }
}
