package dev.sallyport.launcher;

import dev.sallyport.crypto.Secret;
import dev.sallyport.testing.idp.DemoIssuer;
import dev.sallyport.testing.idp.IdpClient;
import java.util.List;

/// What the demo's identity provider knows of this server: the console's client and the agents'
/// own, and that logouts of both are to be told here.
record DemoClients(String base, Secret consoleSecret) {
  static final String CONSOLE = "sallyport-console";

  void register(DemoIssuer issuer) {
    String backChannel = base + "/auth/oidc/back-channel-logout";
    String callback = base + "/auth/oidc/callback";
    issuer.register(
        IdpClient.site(CONSOLE, consoleSecret, base + "/auth/sign-in", callback)
            .withBackChannel(backChannel));
    for (String agent : agents()) {
      issuer.register(IdpClient.agent(agent).withBackChannel(backChannel));
    }
  }

  static List<String> agents() {
    return DemoIssuer.CLIENTS;
  }
}
