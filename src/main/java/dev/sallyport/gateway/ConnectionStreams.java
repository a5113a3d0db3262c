package dev.sallyport.gateway;

import dev.sallyport.appsessions.LiveToken;
import dev.sallyport.connections.AuthRequired;
import dev.sallyport.gateway.entry.Provided;
import dev.sallyport.gateway.exchange.GatewayExchange;
import dev.sallyport.gateway.mcp.McpClient;
import dev.sallyport.gateway.mcp.McpMessage;
import dev.sallyport.gateway.mcp.WaitingNotes;
import dev.sallyport.gateway.routes.Route;
import dev.sallyport.gateway.waiting.WaitingScript;
import dev.sallyport.gateway.waiting.WaitingStream;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Gives clients a stream on which they hear that their person has connected an account: sessions
/// by GET, others by a subscription.
final class ConnectionStreams {
  private static final HttpString BUFFERING = new HttpString("X-Accel-Buffering");

  private final Gateway gateway;

  ConnectionStreams(Gateway gateway) {
    this.gateway = gateway;
  }

  /// The stream of a client's session.
  void join(
      GatewayExchange call, LiveToken token, AuthRequired need, SessionHeader.Location session) {
    HttpServerExchange exchange = call.exchange();
    String id = String.valueOf(exchange.getRequestHeaders().getFirst(GatewayCall.SESSION_ID));
    String version = exchange.getRequestHeaders().getFirst(ConnectionDesk.VERSION);
    boolean asked = McpClient.inSession(version, session.opensUrls()).takesLinks();
    var script =
        new WaitingScript(
            List.of(), ids -> WaitingNotes.ofSession(asked ? ids : Set.of(), session.isHere()));
    WaitingStream stream = new WaitingStream(token, script, look(call, token));
    stream.waitsFor(need);
    open(call, id, stream);
  }

  /// A subscription to changes (2026-07-28).
  void listen(GatewayExchange call, LiveToken token, McpMessage listen) {
    boolean waits = WaitingNotes.wantsTools(listen);
    var script =
        new WaitingScript(
            List.of(WaitingNotes.acknowledged(listen)), ids -> WaitingNotes.ofSubscription(listen));
    // What will never be told need not be waited for.
    WaitingStream.Look look =
        waits ? look(call, token) : new WaitingStream.Look(Optional::empty, Runnable::run);
    open(call, call.requestId(), new WaitingStream(token, script, look));
  }

  private WaitingStream.Look look(GatewayExchange call, LiveToken token) {
    return new WaitingStream.Look(
        () ->
            gateway.provisioner().provide(token, call.token())
                    instanceof Provided.Needed(var waiting, AuthRequired need)
                ? Optional.of(need)
                : Optional.empty(),
        look -> gateway.pools().fetching().execute(call.group(), call.appId(), look));
  }

  private void open(GatewayExchange call, String session, WaitingStream stream) {
    if (gateway.isBusy(call, stream.token())) {
      return;
    }
    call.forget();
    call.cors();
    call.exchange()
        .getResponseHeaders()
        .put(Headers.CACHE_CONTROL, "no-store")
        .put(BUFFERING, "no");
    gateway.waiting().open(session, stream, call.exchange());
    // Whoever looked through the streams when trust changed may not have seen this one.
    Route today = gateway.routes().find(stream.token().trust().facts().name());
    if (today == null || !today.trust().decidesAs(stream.token().trust())) {
      stream.cut();
    }
  }
}
