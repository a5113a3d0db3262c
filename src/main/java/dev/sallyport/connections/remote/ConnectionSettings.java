package dev.sallyport.connections.remote;

import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How people connect to an app's server with their own account there.
///
/// @param authorizationServer the issuer, where it shall not be found out
/// @param scopes what to ask for; empty: what the server says
/// @param authorizeParameters added to the authorization request, such as `access_type=offline`
/// @param resource what tokens are for (RFC 8707); absent: what the server says, else its URL
/// @param perSession whether each session signs in for itself
/// @param shareGrant whether apps of one authorization server share a grant where their resources
///     allow it
public record ConnectionSettings(
    @Nullable String authorizationServer,
    List<String> scopes,
    Map<String, String> authorizeParameters,
    @Nullable String resource,
    boolean perSession,
    boolean shareGrant) {

  /// Whether a token for the resource that is set by hand is one for an app at this URL, too.
  public boolean fits(URI app) {
    return resource == null || new ResourceUrl(app).isWithin(resource);
  }
}
