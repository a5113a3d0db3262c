package dev.sallyport.connections;

import java.util.LinkedHashMap;
import java.util.Map;

/// What an agent is told when its person must connect an account.
///
/// @param authUrl what the person must open
/// @param serverName the app
/// @param message a sentence for the person
public record AuthRequired(String authUrl, String serverName, String message) {

  /// The challenge by the names that clients of gateways know.
  public Map<String, String> challenge() {
    Map<String, String> members = new LinkedHashMap<>();
    members.put("status", "auth_required");
    members.put("auth_url", authUrl);
    members.put("server_name", serverName);
    members.put("message", message);
    return members;
  }

  /// What names this very request to sign in; the same link has the same.
  public String elicitationId() {
    return authUrl.substring(authUrl.indexOf('=') + 1);
  }
}
