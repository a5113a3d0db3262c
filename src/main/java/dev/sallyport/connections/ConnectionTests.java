package dev.sallyport.connections;

import dev.sallyport.apps.AppDetails;
import dev.sallyport.apps.AppService;
import dev.sallyport.authz.Permission;
import dev.sallyport.authz.RequiresPermission;
import dev.sallyport.connections.clients.ConnectionProbe;
import dev.sallyport.connections.clients.DiscoveryReport;
import dev.sallyport.connections.remote.ConnectionSettings;
import dev.sallyport.problem.FieldErrors;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;

/// Tries connections out before anybody has to use them.
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class ConnectionTests {
  @Inject AppService apps;
  @Inject ConnectionProbe probe;

  /// How a connection with these settings would go. Stores nothing.
  @RequiresPermission(value = Permission.APP_EDIT, scoped = true)
  public DiscoveryReport discover(String appId, UpstreamCredentialInput draft) {
    AppDetails app = apps.toChange(appId);
    ConnectionSettings settings = ConnectionCheck.settings(draft, new FieldErrors());
    return probe.of(app, settings);
  }
}
