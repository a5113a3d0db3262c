package dev.sallyport.testing.keycloak;

import dev.sallyport.crypto.Secret;
import dev.sallyport.testing.RunningServer;
import dev.sallyport.testing.Unique;
import java.util.List;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// The running Keycloak.
public final class Keycloak implements AutoCloseable {
  private final KeycloakProcess process;
  private final String base;
  private final Secret password;

  private Keycloak(KeycloakProcess process, String base, Secret password) {
    this.process = process;
    this.base = base;
    this.password = password;
  }

  /// Starts it and returns when it answers.
  public static Keycloak start() {
    Secret password = new Secret(Unique.name("admin"));
    KeycloakProcess process = KeycloakProcess.start(password);
    try {
      return new Keycloak(process, process.awaitAddress(), password);
    } catch (RuntimeException e) {
      process.close();
      throw e;
    }
  }

  String base() {
    return base;
  }

  /// Makes a realm for a console and agents that use this server.
  public KeycloakRealm realm(RunningServer server) {
    KeycloakRealm.Setup setup = KeycloakRealm.Setup.of(server.base());
    KeycloakAdmin admin = new KeycloakAdmin(base, password);
    admin.createRealm(setup.json());
    return new KeycloakRealm(base, setup, admin);
  }

  @Override
  public void close() {
    process.close();
  }

  /// Gives each test that asks for one a realm.
  public static final class Extension implements ParameterResolver {
    private static final Namespace OURS = Namespace.create(Keycloak.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return List.of(KeycloakRealm.class, Keycloak.class)
          .contains(parameter.getParameter().getType());
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      // The store closes it when the last test is done.
      Keycloak keycloak =
          context
              .getRoot()
              .getStore(OURS)
              .computeIfAbsent(Keycloak.class, key -> Keycloak.start(), Keycloak.class);
      if (parameter.getParameter().getType() == Keycloak.class) {
        return keycloak;
      }
      RunningServer server =
          (RunningServer) new RunningServer.Extension().resolveParameter(parameter, context);
      return context
          .getStore(OURS)
          .computeIfAbsent(KeycloakRealm.class, key -> keycloak.realm(server), KeycloakRealm.class);
    }
  }
}
