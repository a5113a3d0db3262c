package dev.sallyport.gateway.relay;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.HttpString;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the door decided for one call. All methods run on the exchange's I/O thread and must not
/// block; [#completed] may run on another thread if the door answered from one.
public interface RelayCall {

  /// Headers to set on the upstream's request, replacing the client's of that name: assertion,
  /// `X-Forwarded-*`, the upstream's own `Mcp-Session-Id`. `Host` is the relay's job.
  List<Map.Entry<HttpString, String>> requestHeaders();

  /// The raw path and query to request; by default those of the upstream's URL.
  default @Nullable String requestTarget(UpstreamTarget upstream) {
    return null;
  }

  /// Whether the upstream's `Set-Cookie` may reach the client; never for MCP.
  default boolean passesCookies() {
    return false;
  }

  /// Whether the client asks to switch protocols and may: if the upstream agrees, bytes pass both
  /// ways until one side ends or the call is cut.
  default boolean upgrades() {
    return false;
  }

  /// A chance to rewrite a response header: the new value, or null to drop it.
  @Nullable String responseHeader(UpstreamTarget upstream, HttpString name, String value);

  /// The upstream has answered: status and headers are on the exchange, nothing is sent yet.
  /// Headers may be added. False declines the answer: the upstream's connection is dropped and
  /// [#failed] is asked to answer with [RelayFailure#DECLINED].
  default boolean answered(UpstreamTarget upstream, HttpServerExchange exchange) {
    return true;
  }

  /// There is nothing to pass on and the response has not begun: the door answers.
  void failed(HttpServerExchange exchange, RelayFailure failure);

  /// Always called exactly once, when the exchange is over, or what it was switched to.
  void completed();
}
