package dev.sallyport.appauth;

import dev.sallyport.crypto.RandomTokens;
import dev.sallyport.persistence.SelectorJson;
import dev.sallyport.persistence.StringListJson;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which issuer's tokens, under which rules, may enter the apps that its label selector matches.
@Entity
@Table(name = "app_auth_config")
class AppAuthConfig {
  static final String AGE_OFF = "off";

  @Id String id;
  @Column String name;
  @Column String description;

  @Column(name = "issuer_id")
  String issuerId;

  @Column(name = "app_labels")
  @Convert(converter = SelectorJson.class)
  Map<String, List<String>> appLabels;

  @Column @Nullable String audience;

  @Column(name = "username_claims")
  @Convert(converter = StringListJson.class)
  List<String> usernameClaims;

  @Column
  @Convert(converter = StringListJson.class)
  List<String> algorithms;

  @Column(name = "max_token_age_seconds")
  @Nullable Long maxTokenAgeSeconds;

  @Column(name = "session_lifetime_seconds")
  long sessionLifetimeSeconds;

  @Column(name = "idle_timeout_seconds")
  long idleTimeoutSeconds;

  @Column(name = "allow_rules")
  @Convert(converter = RuleListJson.class)
  List<AppAuthConfigDetails.Rule> allow;

  @Column(name = "required_scopes")
  @Convert(converter = StringListJson.class)
  List<String> requiredScopes;

  @Column(name = "allowed_clients")
  @Convert(converter = StringListJson.class)
  List<String> allowedClients;

  @Column(name = "via_apps")
  @Convert(converter = StringListJson.class)
  List<String> viaApps;

  @Column(name = "accept_id_tokens")
  boolean acceptIdTokens;

  @Column int priority;
  @Column boolean enabled;
  @Version long revision;

  @Column(name = "created_at")
  Instant createdAt;

  @Column(name = "updated_at")
  Instant updatedAt;

  protected AppAuthConfig() {}

  AppAuthConfig(CheckedConfig checked, String issuerId, Instant now) {
    this.id = RandomTokens.id("aac_");
    this.createdAt = now;
    apply(checked, issuerId, now);
  }

  /// Takes over a checked input whole.
  final void apply(CheckedConfig checked, String issuer, Instant now) {
    this.name = checked.name();
    this.description = checked.description();
    this.issuerId = issuer;
    this.appLabels = checked.appLabels();
    this.audience = checked.audience();
    this.usernameClaims = checked.usernameClaims();
    this.algorithms = checked.algorithms();
    Duration age = checked.maxTokenAge();
    this.maxTokenAgeSeconds = age == null ? null : age.toSeconds();
    this.sessionLifetimeSeconds = checked.sessionLifetime().toSeconds();
    this.idleTimeoutSeconds = checked.idleTimeout().toSeconds();
    this.allow = checked.allow();
    this.requiredScopes = checked.requiredScopes();
    this.allowedClients = checked.allowedClients();
    this.viaApps = checked.viaApps();
    this.acceptIdTokens = checked.acceptIdTokens();
    this.priority = checked.priority();
    this.enabled = checked.enabled();
    this.updatedAt = now;
  }

  AppAuthConfigDetails details(String iss) {
    String age =
        maxTokenAgeSeconds == null ? AGE_OFF : Duration.ofSeconds(maxTokenAgeSeconds).toString();
    return new AppAuthConfigDetails(
        id,
        name,
        description,
        appLabels,
        new AppAuthConfigDetails.Jwt(
            issuerId, iss, audience, usernameClaims, algorithms, age, acceptIdTokens),
        Duration.ofSeconds(sessionLifetimeSeconds).toString(),
        Duration.ofSeconds(idleTimeoutSeconds).toString(),
        allow,
        requiredScopes,
        allowedClients,
        viaApps,
        priority,
        enabled,
        revision,
        createdAt,
        updatedAt);
  }
}
