package dev.sallyport.apps.ui;

import dev.sallyport.apps.AppDetails;
import dev.sallyport.apps.AppKind;
import java.net.URI;
import java.util.List;

/// What to paste where, so that a common client calls an app. Names and URLs are checked when they
/// are stored and hold nothing that a shell or JSON would read.
record ClientSettings(String client, String where, String text) {

  static boolean isMcp(AppDetails app) {
    return app.kind().equals(AppKind.MCP.code());
  }

  /// Where an MCP client finds out who signs tokens for the app (RFC 9728 section 3.1).
  static String metadataUrl(AppDetails app) {
    URI url = URI.create(app.url());
    return url.resolve("/.well-known/oauth-protected-resource" + url.getRawPath()).toString();
  }

  static List<ClientSettings> of(AppDetails app) {
    return isMcp(app)
        ? List.of(claudeCode(app), claudeDesktop(app), vsCode(app), cursor(app), curlMcp(app))
        : List.of(curlHttp(app));
  }

  private static ClientSettings claudeCode(AppDetails app) {
    return new ClientSettings(
        "Claude Code",
        "In a terminal",
        """
        claude mcp add --transport http %s %s \\
          --header "Authorization: Bearer $TOKEN\""""
            .formatted(app.name(), app.url()));
  }

  private static ClientSettings claudeDesktop(AppDetails app) {
    return new ClientSettings(
        "Claude Desktop",
        "claude_desktop_config.json; put the token in place of TOKEN",
        """
        {
          "mcpServers": {
            "%s": {
              "command": "npx",
              "args": ["mcp-remote", "%s", "--header", "Authorization:${AUTH_HEADER}"],
              "env": { "AUTH_HEADER": "Bearer TOKEN" }
            }
          }
        }"""
            .formatted(app.name(), app.url()));
  }

  private static ClientSettings vsCode(AppDetails app) {
    return new ClientSettings(
        "VS Code",
        ".vscode/mcp.json; VS Code asks for the token once",
        """
        {
          "inputs": [
            { "type": "promptString", "id": "token", "description": "Token for %1$s", "password": true }
          ],
          "servers": {
            "%1$s": {
              "type": "http",
              "url": "%2$s",
              "headers": { "Authorization": "Bearer ${input:token}" }
            }
          }
        }"""
            .formatted(app.name(), app.url()));
  }

  private static ClientSettings cursor(AppDetails app) {
    return new ClientSettings(
        "Cursor",
        ".cursor/mcp.json; the token comes from the environment variable TOKEN",
        """
        {
          "mcpServers": {
            "%s": {
              "url": "%s",
              "headers": { "Authorization": "Bearer ${env:TOKEN}" }
            }
          }
        }"""
            .formatted(app.name(), app.url()));
  }

  private static ClientSettings curlMcp(AppDetails app) {
    return new ClientSettings(
        "curl",
        "In a terminal: the first message of an MCP client",
        """
        curl -sS %s \\
          -H "Authorization: Bearer $TOKEN" \\
          -H 'Content-Type: application/json' \\
          -H 'Accept: application/json, text/event-stream' \\
          -d '{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25",
               "capabilities":{},"clientInfo":{"name":"curl","version":"1"}}}'"""
            .formatted(app.url()));
  }

  private static ClientSettings curlHttp(AppDetails app) {
    return new ClientSettings(
        "curl",
        "In a terminal",
        """
        curl -sS -i %s/ \\
          -H "Authorization: Bearer $TOKEN\""""
            .formatted(app.url()));
  }
}
