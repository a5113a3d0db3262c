package dev.sallyport.config;

import dev.sallyport.crypto.RandomTokens;
import java.util.Set;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.jspecify.annotations.Nullable;

/// Tells the server where to keep the OpenAPI document. It answers there before the door is asked,
/// with none of the door's bounds: so it is a place that only the door knows.
public final class DocumentPath implements ConfigSource {
  /// Another one at each start.
  public static final String PATH = "/" + RandomTokens.id("document");

  private static final String KEY = "mp.openapi.extensions.path";

  @Override
  public Set<String> getPropertyNames() {
    return Set.of(KEY);
  }

  @Override
  public @Nullable String getValue(String name) {
    return KEY.equals(name) ? PATH : null;
  }

  @Override
  public String getName() {
    return getClass().getSimpleName();
  }
}
