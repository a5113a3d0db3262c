package dev.sallyport.browser;

import dev.sallyport.testing.RunningServer;
import java.util.List;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// Gives each test a browser without cookies; Chromium itself starts once in each thread, because
/// its library is for one thread.
final class ConsoleExtension implements ParameterResolver {
  private static final Namespace OURS = Namespace.create(ConsoleExtension.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Console.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    RunningServer server =
        (RunningServer) new RunningServer.Extension().resolveParameter(parameter, context);
    Chromium chromium = chromium(context.getRoot().getStore(OURS));
    // The method's store closes it when the test is done.
    return context
        .getStore(OURS)
        .computeIfAbsent(Console.class, key -> new Console(chromium, server.base()), Console.class);
  }

  private static Chromium chromium(Store store) {
    Object key = List.of(Chromium.class, Thread.currentThread());
    Chromium kept = store.get(key, Chromium.class);
    if (kept != null && kept.isRunning()) {
      return kept;
    }
    if (kept != null) {
      kept.close();
    }
    Chromium started = Chromium.start();
    store.put(key, started);
    return started;
  }
}
