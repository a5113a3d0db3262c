package dev.sallyport.gateway;

import dev.sallyport.gateway.entry.AssertionSigner;
import dev.sallyport.gateway.entry.Passage;
import dev.sallyport.gateway.exchange.GatewayExchange;
import dev.sallyport.gateway.routes.Route;
import dev.sallyport.gateway.routes.Site;
import dev.sallyport.problem.ProblemType;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/// `/authz/{app}`: a proxy in front of an app asks whether a request may go on that it holds. Only
/// a proxy that is named for it may ask, and only about requests that came to the app's own host:
/// what it says of a request is believed.
final class ForwardAuth {
  static final String PREFIX = "/authz/";
  private static final HttpString FORWARDED_HOST = new HttpString("X-Forwarded-Host");

  private final Gateway gateway;

  ForwardAuth(Gateway gateway) {
    this.gateway = gateway;
  }

  /// @param peer who asks
  /// @param plain the exchange with the client that the peer speaks for
  void ask(InetAddress peer, GatewayExchange plain, SiteHandler sites) {
    HttpServerExchange exchange = plain.exchange();
    Site site = site(exchange);
    if (!gateway.clientAddress().mayAsk(peer)) {
      gateway.answers().problem(plain, ProblemType.PROXY_NOT_TRUSTED);
    } else if (site == null) {
      gateway.answers().problem(plain, ProblemType.FORWARDED_HOST_NOT_ALLOWED);
    } else {
      GatewayExchange call = GatewayExchange.question(exchange, plain.client(), site);
      HttpString method = exchange.getRequestMethod();
      if (Methods.GET.equals(method) || Methods.POST.equals(method)) {
        sites.ask(call, site);
      } else {
        gateway.answers().methodRefused(call, "GET, POST");
      }
    }
  }

  /// The site of the app that is asked about; null unless the request came there.
  private @Nullable Site site(HttpServerExchange exchange) {
    HeaderValues hosts = exchange.getRequestHeaders().get(FORWARDED_HOST);
    Site site = hosts == null || hosts.size() != 1 ? null : gateway.routes().site(hosts.getFirst());
    String app = exchange.getRequestURI().substring(PREFIX.length());
    return site != null && site.route().trust().facts().name().equals(app) ? site : null;
  }

  /// The request may go on, and the app gets to know who sent it.
  void allow(GatewayExchange call, Route route, Passage passage) {
    if (gateway.isOver(call, route, passage.token())) {
      return;
    }
    gateway.sessions().touch(passage.token().session(), gateway.clock().millis());
    HttpServerExchange exchange = call.exchange();
    // Other credentials are for this gateway's own calls, not for a proxy to handle.
    if (passage.header().name().equals(AssertionSigner.HEADER_NAME)) {
      exchange.getResponseHeaders().put(AssertionSigner.HEADER, passage.header().value());
    }
    exchange.getResponseHeaders().put(Headers.CACHE_CONTROL, "no-store");
    gateway.answers().end(call);
  }
}
