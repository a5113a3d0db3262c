package dev.sallyport.launcher;

import dev.sallyport.testing.demo.DemoWorld;
import dev.sallyport.testing.idp.DemoIssuer;
import dev.sallyport.testing.idp.DemoUser;
import java.util.stream.Collectors;

/// What the user reads when everything is up.
final class Greeting {
  private static final String PERSON = "alice";

  private final RunningStack.Started started;

  Greeting(RunningStack.Started started) {
    this.started = started;
  }

  String text(long seconds) {
    return """

        Sallyport is up at %s (%d s).
        Console, signed in (once, within ten minutes):
          %s
        Admin key and demo passwords: %s
        Log: %s
        %sCtrl-C stops everything; the data stays.
        """
        .formatted(
            started.base(),
            seconds,
            signInLink(),
            started.runFile(),
            started.log(),
            started.demo().map(this::demo).orElse(""));
  }

  private String signInLink() {
    try (AdminApi api = new AdminApi(started.base(), started.adminKey())) {
      AdminApi.Answer answer = api.post("auth/sign-in-links", "");
      if (answer.status() != 201) {
        throw new LaunchFailedException(
            "The kept admin key is refused (" + answer.status() + "): give another --data.");
      }
      return answer.body().get("url").asString();
    }
  }

  private static String people(DemoWorld world) {
    return world.issuer().users().stream()
        .map(
            user ->
                "  %-6s %s  (%s)\n"
                    .formatted(
                        user.name(), user.password().reveal(), DemoSignIn.meaning(user.groups())))
        .collect(Collectors.joining());
  }

  private String demo(DemoWorld world) {
    DemoUser person = world.issuer().user(PERSON);
    return """
    Sign in with %7$s at %5$s/auth/sign-in:
    %8$sAn agent of %1$s calls a tool through the gateway (paste the lines):
      TOKEN=$(curl -s %2$s -d grant_type=password -d client_id=%3$s -d username=%1$s -d password=%4$s | sed 's/.*"access_token":"\\([^"]*\\)".*/\\1/')
      mcp() { curl -s "$@" %5$s/mcp/apps/%6$s -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json' -H 'Accept: application/json, text/event-stream'; }
      SESSION=$(mcp -D - -o /dev/null -d '{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"curl","version":"1"}}}' | tr -d '\\r' | sed -n 's/^[Mm]cp-[Ss]ession-[Ii]d: //p')
      mcp -H "Mcp-Session-Id: $SESSION" -d '{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"whoami","arguments":{}}}'
    """
        .formatted(
            PERSON,
            world.issuer().tokenEndpoint(),
            DemoIssuer.CLIENTS.getFirst(),
            person.password().reveal(),
            started.base(),
            DemoObjects.MCP_APP,
            DemoSignIn.PROVIDER,
            people(world));
  }
}
