package dev.sallyport.connections;

import dev.sallyport.apps.AppDetails;
import dev.sallyport.apps.AppService;
import dev.sallyport.audit.AuditEntry;
import dev.sallyport.audit.AuditEventName;
import dev.sallyport.audit.AuditLog;
import dev.sallyport.authz.NoPermissionNeeded;
import dev.sallyport.authz.Permission;
import dev.sallyport.authz.RequiresPermission;
import dev.sallyport.cluster.Change;
import dev.sallyport.cluster.Changes;
import dev.sallyport.connections.remote.ConnectionSettings;
import dev.sallyport.crypto.Secret;
import dev.sallyport.persistence.Revisions;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Keeps what each app's upstreams get.
@Stateless
public class UpstreamCredentialService {
  @Inject AppService apps;
  @Inject CredentialStore store;
  @Inject Clock clock;
  @Inject Changes changes;
  @Inject AuditLog audit;

  @RequiresPermission(value = Permission.APP_READ, scoped = true)
  public UpstreamCredentialDetails get(String appId) {
    AppDetails app = apps.get(appId);
    return UpstreamCredentialDetails.of(stored(app.id()));
  }

  @RequiresPermission(value = Permission.APP_EDIT, scoped = true)
  public UpstreamCredentialDetails put(String appId, long revision, UpstreamCredentialInput input) {
    AppDetails app = apps.toChange(appId);
    StoredCredential before = stored(app.id());
    Revisions.check(before.revision(), revision);
    String origin = OwnOrigin.of(app);
    boolean keeps = keepsSecret(before, input, origin);
    var check = new CredentialCheck(input, origin, keeps);
    CredentialKind kind = check.kind();
    CredentialSettings settings = check.settings(kind);
    OwnOrigin.require(app, kind, settings);
    ConnectionCheck.requireFit(app, settings.connection());
    Instant now = clock.instant();
    StoredCredential next =
        new StoredCredential(
            app.id(),
            kind,
            settings,
            secret(kind, input, keeps ? before.secret() : null),
            before.revision() + 1,
            now);
    store.write(next, now);
    changes.tell(Change.Kind.APP, List.of(app.id()));
    tell(app, next);
    return UpstreamCredentialDetails.of(next);
  }

  /// A stored secret goes on only to where it went before: else whoever may edit an app could have
  /// it sent to a place of their own.
  private static boolean keepsSecret(
      StoredCredential before, UpstreamCredentialInput input, String origin) {
    CredentialSettings settings = before.settings();
    return before.secret() != null
        && before.kind().code().equals(input.kind())
        && (before.kind().asksTokenEndpoint()
            ? Objects.equals(settings.tokenEndpoint(), input.tokenEndpoint())
            : settings.origin() != null && OwnOrigin.isSame(origin, settings.origin()));
  }

  private static @Nullable Secret secret(
      CredentialKind kind, UpstreamCredentialInput input, @Nullable Secret stored) {
    String given = kind == CredentialKind.STATIC ? input.value() : input.clientSecret();
    boolean takesOne = kind == CredentialKind.STATIC || kind.asksTokenEndpoint();
    if (!takesOne || "none".equals(input.clientAuthentication())) {
      return null;
    }
    return given == null ? stored : new Secret(given);
  }

  private void tell(AppDetails app, StoredCredential next) {
    audit.record(
        AuditEntry.success(AuditEventName.UPSTREAM_CREDENTIAL_CHANGED)
            .on("app", app.id(), app.name())
            .with("kind", next.kind().code())
            .with("tokenEndpoint", next.settings().tokenEndpoint())
            .with("clientId", next.settings().clientId())
            .with("authorizationServer", server(next)));
  }

  private static @Nullable String server(StoredCredential next) {
    ConnectionSettings connection = next.settings().connection();
    return connection == null ? null : connection.authorizationServer();
  }

  private StoredCredential stored(String appId) {
    return store.find(appId).orElseGet(() -> StoredCredential.standard(appId));
  }

  /// What an app's upstreams get.
  @NoPermissionNeeded("The gateway sends it; no actor sees it.")
  public Optional<StoredCredential> find(String appId) {
    return store.find(Objects.requireNonNull(appId));
  }

  /// How people connect to the app; empty where its upstreams get something else.
  @NoPermissionNeeded("The flow and the gateway ask for the app that is connected to.")
  public Optional<ConnectionSettings> connection(String appId) {
    return store.find(appId).map(StoredCredential::settings).map(CredentialSettings::connection);
  }

  /// Which apps' upstreams get what, for the gateway's routes.
  @NoPermissionNeeded("The gateway routes by it; no actor sees it.")
  public List<StoredCredential> all() {
    return store.all();
  }
}
