package dev.sallyport.gateway;

import dev.sallyport.appauth.verification.RefusalFacts;
import dev.sallyport.appauth.verification.VerifiedToken;
import dev.sallyport.appsessions.LiveToken;
import dev.sallyport.connections.AuthRequired;
import dev.sallyport.gateway.exchange.GatewayExchange;
import dev.sallyport.gateway.mcp.McpClient;
import dev.sallyport.gateway.mcp.McpMessage;
import dev.sallyport.gateway.mcp.SignInReplies;
import dev.sallyport.gateway.mcp.WaitingNotes;
import dev.sallyport.gateway.routes.Route;
import dev.sallyport.persistence.Json;
import dev.sallyport.problem.ProblemType;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Answers in place of an app's server while the person must connect an account there: in MCP to
/// clients of an MCP server, by a problem with the link to all others.
final class ConnectionDesk {
  static final HttpString VERSION = new HttpString("MCP-Protocol-Version");

  private final Gateway gateway;
  private final ConnectionStreams streams;

  ConnectionDesk(Gateway gateway) {
    this.gateway = gateway;
    this.streams = new ConnectionStreams(gateway);
  }

  void answer(GatewayExchange call, Route route, LiveToken token, AuthRequired need) {
    HttpServerExchange exchange = call.exchange();
    if (!route.isMcp()) {
      gateway.answers().connect(call, need);
      return;
    }
    String id = exchange.getRequestHeaders().getFirst(GatewayCall.SESSION_ID);
    Optional<SessionHeader.Location> session =
        id == null ? Optional.empty() : gateway.mcpSessions().said(token, id);
    if (id != null && session.isEmpty()) {
      gateway.answers().problem(call, ProblemType.MCP_SESSION_NOT_FOUND);
    } else if (Methods.POST.equals(exchange.getRequestMethod())) {
      message(call, token, need, session.orElse(null));
    } else if (Methods.DELETE.equals(exchange.getRequestMethod())) {
      empty(call, 204);
    } else if (Methods.GET.equals(exchange.getRequestMethod()) && session.isPresent()) {
      streams.join(call, token, need, session.get());
    } else {
      exchange.getResponseHeaders().put(Headers.ALLOW, "POST, DELETE");
      gateway.answers().problem(call, ProblemType.METHOD_NOT_ALLOWED);
    }
  }

  private void message(
      GatewayExchange call,
      LiveToken token,
      AuthRequired need,
      SessionHeader.@Nullable Location session) {
    byte[] body = Objects.requireNonNull(call.kept()).body();
    List<McpMessage> messages = body == null ? List.of() : McpMessage.read(body);
    List<McpMessage> requests = messages.stream().filter(McpMessage::isRequest).toList();
    if (messages.isEmpty()) {
      gateway.answers().connect(call, need);
    } else if (messages.size() == 1 && isSubscription(call, messages.getFirst())) {
      streams.listen(call, token, messages.getFirst());
    } else if (requests.isEmpty()) {
      empty(call, 202);
    } else {
      String version = call.exchange().getRequestHeaders().getFirst(VERSION);
      boolean opensUrls = session != null && session.opensUrls();
      SignInReplies replies = new SignInReplies(need);
      List<ObjectNode> answers =
          requests.stream()
              .map(request -> replies.reply(request, McpClient.of(request, version, opensUrls)))
              .toList();
      requests.stream()
          .filter(request -> request.is("initialize"))
          .findFirst()
          .ifPresent(start -> begin(call, token, start));
      boolean isBatch = messages.size() > 1;
      send(call, isBatch ? batch(answers) : Json.write(answers.getFirst()));
    }
  }

  private static boolean isSubscription(GatewayExchange call, McpMessage message) {
    String version = call.exchange().getRequestHeaders().getFirst(VERSION);
    return message.isRequest()
        && WaitingNotes.isListen(message)
        && McpClient.of(message, version, false).isStateless();
  }

  /// The client's session with us, which remembers what the client said at its start.
  private void begin(GatewayExchange call, LiveToken token, McpMessage start) {
    var location = Handover.here(start, McpClient.started(start).opensUrls());
    String id = gateway.mcpSessions().id(token, location);
    call.exchange().getResponseHeaders().put(GatewayCall.SESSION_ID, id);
  }

  private static String batch(List<ObjectNode> answers) {
    ArrayNode all = Json.MAPPER.createArrayNode();
    answers.forEach(all::add);
    return Json.write(all);
  }

  private static void send(GatewayExchange call, String json) {
    HttpServerExchange exchange = call.exchange();
    call.cors();
    exchange
        .getResponseHeaders()
        .put(Headers.CONTENT_TYPE, "application/json")
        .put(Headers.CACHE_CONTROL, "no-store");
    exchange.getResponseSender().send(json);
  }

  private void empty(GatewayExchange call, int status) {
    call.cors();
    call.exchange().setStatusCode(status);
    gateway.answers().end(call);
  }

  /// The app's server wants a sign-in that nobody set up. The client can do nothing about it: a 401
  /// would send it for a new token of its own, in vain.
  void wantsSignIn(GatewayExchange call, Route route, LiveToken token) {
    refused(call, route, token, ProblemType.UPSTREAM_WANTS_SIGN_IN);
    gateway.answers().problem(call, ProblemType.UPSTREAM_WANTS_SIGN_IN);
  }

  /// The app's server took none of the tokens that the token endpoint gave.
  void tookNone(GatewayExchange call, Route route, LiveToken token) {
    refused(call, route, token, ProblemType.UPSTREAM_TOKEN_REFUSED);
    gateway
        .answers()
        .problem(
            call,
            ProblemType.UPSTREAM_TOKEN_REFUSED,
            "The app's server would not take the token that the token endpoint gave, nor a new one.");
  }

  private void refused(GatewayExchange call, Route route, LiveToken token, ProblemType type) {
    VerifiedToken caller = token.token();
    var facts =
        new RefusalFacts(
            caller.iss(),
            List.of(),
            caller.subject(),
            null,
            caller.client(),
            caller.config().name(),
            "upstream",
            type == ProblemType.UPSTREAM_WANTS_SIGN_IN
                ? "the upstream credential connection"
                : "a token that the app's server takes",
            route.credential().code());
    String address = call.client().getHostAddress();
    gateway.refusals().offer(route.trust().facts(), type, facts, address, call.requestId());
  }
}
