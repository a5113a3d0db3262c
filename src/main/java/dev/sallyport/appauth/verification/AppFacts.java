package dev.sallyport.appauth.verification;

import java.util.Map;

/// The app a token wants to enter. `canonicalUrl` is its resource (RFC 8707), which is an audience
/// that always opens it.
public record AppFacts(String id, String name, String canonicalUrl, Map<String, String> labels) {
  public AppFacts {
    labels = Map.copyOf(labels);
  }
}
