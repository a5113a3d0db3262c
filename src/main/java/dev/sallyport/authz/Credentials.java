package dev.sallyport.authz;

import dev.sallyport.crypto.Secret;
import org.jspecify.annotations.Nullable;

/// What a request brought to prove who it is, freed of HTTP so that every edge can use it.
///
/// @param isUse whether somebody does something; false for what an open page asks by itself, which
///     must not keep a console session from going idle
public record Credentials(
    @Nullable Secret bearer, @Nullable Secret sessionCookie, String address, boolean isUse) {
  public boolean isEmpty() {
    return bearer == null && sessionCookie == null;
  }
}
