package dev.sallyport.authz;

import dev.sallyport.crypto.Secret;
import org.jspecify.annotations.Nullable;

/// What a request brought to prove who it is, freed of HTTP so that every edge can use it.
public record Credentials(@Nullable Secret bearer, @Nullable Secret sessionCookie, String address) {
  public boolean isEmpty() {
    return bearer == null && sessionCookie == null;
  }
}
