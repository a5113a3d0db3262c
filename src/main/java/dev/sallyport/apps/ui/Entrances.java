package dev.sallyport.apps.ui;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Who may enter an app: asked by the pages about apps, answered by the feature that knows.
public interface Entrances {
  /// The enabled configs that match an app.
  List<Entrance> of(String app);

  /// One of them, in words. `audience` is absent where only the app's own URL is accepted.
  record Entrance(String id, String name, String issuer, @Nullable String audience, String rules) {}
}
