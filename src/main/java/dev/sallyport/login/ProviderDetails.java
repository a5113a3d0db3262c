package dev.sallyport.login;

import dev.sallyport.login.discovery.Discovery;
import dev.sallyport.persistence.Revised;
import java.time.Instant;
import java.util.List;

/// One provider, without its client secret. `redirectUri` and `backchannelLogoutUri` are what the
/// identity provider must be told.
public record ProviderDetails(
    String id,
    String name,
    String issuerId,
    String issuer,
    String clientId,
    List<String> scopes,
    String groupsClaim,
    boolean userinfoFallback,
    List<String> allowedEmailDomains,
    int iatWindowSeconds,
    boolean requireAtHash,
    List<String> logoutClients,
    String logoutEnds,
    boolean endConnectionsOnLogout,
    boolean selfService,
    boolean enabled,
    String redirectUri,
    String backchannelLogoutUri,
    long revision,
    Instant createdAt,
    Instant updatedAt)
    implements Revised {
  /// A logout that names a session ends that session.
  public static final String ENDS_SESSION = "session";

  /// Every logout ends all of the person.
  public static final String ENDS_PERSON = "person";

  /// Whom to ask what the provider says about itself.
  public Discovery.Subject subject() {
    return new Discovery.Subject(id, revision, issuer);
  }

  /// Where identity providers send people back to.
  public static String redirectUri(String publicBase) {
    return publicBase + "/auth/oidc/callback";
  }

  /// Where identity providers tell that somebody signed out.
  public static String backchannelLogoutUri(String publicBase) {
    return publicBase + "/auth/oidc/back-channel-logout";
  }
}
