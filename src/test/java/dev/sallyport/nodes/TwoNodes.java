package dev.sallyport.nodes;

import dev.sallyport.testing.RunningServer;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// Gives tests two nodes of their own behind HAProxy, which they may kill; one start for all.
final class TwoNodes implements ParameterResolver {
  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == RunningServer.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(Namespace.create(TwoNodes.class))
        .computeIfAbsent(
            TwoNodes.class, key -> RunningServer.start(2, Map.of()), RunningServer.class);
  }
}
