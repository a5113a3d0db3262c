package dev.sallyport.gateway;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.servlet.ServletExtension;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.util.StatusCodes;
import jakarta.servlet.ServletContext;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Puts the door before the servlet chain. Found by Undertow through META-INF/services, also by an
/// Undertow that merely shares our class path: only the deployment whose web.xml asks for it gets
/// one.
public class GatewayExtension implements ServletExtension {
  private static final AtomicReference<@Nullable Door> DOOR = new AtomicReference<>();
  private static final String PARAMETER = "dev.sallyport.gateway";

  @Override
  public void handleDeployment(DeploymentInfo deployment, ServletContext context) {
    if ("true".equals(deployment.getInitParameters().get(PARAMETER))) {
      deployment.addInitialHandlerChainWrapper(GatewayExtension::door);
    }
  }

  private static HttpHandler door(HttpHandler servlets) {
    Door door = new Door(servlets);
    DOOR.set(door);
    return door;
  }

  /// The way in for requests that come by a listener of our own.
  static void serve(HttpServerExchange exchange) throws Exception {
    Door door = DOOR.get();
    if (door == null) {
      exchange.setStatusCode(StatusCodes.SERVICE_UNAVAILABLE);
      exchange.endExchange();
    } else {
      door.handleRequest(exchange);
    }
  }
}
