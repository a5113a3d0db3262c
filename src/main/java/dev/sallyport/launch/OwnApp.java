package dev.sallyport.launch;

import dev.sallyport.apps.AppDetails;
import org.jspecify.annotations.Nullable;

/// An app as somebody sees it who may enter it.
///
/// @param url where agents and scripts call it
/// @param publicAddress where it opens in a browser, if it does
public record OwnApp(String name, String description, String url, @Nullable String publicAddress) {
  static OwnApp of(AppDetails app) {
    return new OwnApp(app.name(), app.description(), app.url(), app.publicAddress());
  }
}
