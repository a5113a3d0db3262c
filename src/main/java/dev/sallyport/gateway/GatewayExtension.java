package dev.sallyport.gateway;

import io.undertow.servlet.ServletExtension;
import io.undertow.servlet.api.DeploymentInfo;
import jakarta.servlet.ServletContext;

/// Puts the door before the servlet chain. Found by Undertow through META-INF/services, also by an
/// Undertow that merely shares our class path: only the deployment whose web.xml asks for it gets
/// one.
public class GatewayExtension implements ServletExtension {
  private static final String PARAMETER = "dev.sallyport.gateway";

  @Override
  public void handleDeployment(DeploymentInfo deployment, ServletContext context) {
    if ("true".equals(deployment.getInitParameters().get(PARAMETER))) {
      deployment.addInitialHandlerChainWrapper(Door::new);
    }
  }
}
