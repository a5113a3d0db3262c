package dev.sallyport.http;

import dev.sallyport.http.OutboundException.Reason;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.ConnectTimeoutException;

/// Says what an I/O error means.
final class Failures {
  private Failures() {}

  static OutboundException of(IOException e, String host) {
    return switch (e) {
      case UnknownHostException _ ->
          new OutboundException(Reason.DNS, "The egress proxy for " + host + " is unknown to DNS.");
      case ConnectTimeoutException _ -> noConnection(host, "in time");
      case ProxyRefusal refusal ->
          noConnection(host, "through the egress proxy, which answered " + refusal.status);
      case ConnectException _ -> noConnection(host, "at all: nothing listens there");
      case NoRouteToHostException _ -> noConnection(host, "at all: there is no route");
      case SocketTimeoutException _ -> timeout(host);
      case SSLException tls -> new OutboundException(Reason.TLS, tlsSentence(tls, host));
      default ->
          new OutboundException(
              Reason.IO, host + " broke off its answer (" + e.getClass().getSimpleName() + ").");
    };
  }

  /// The egress proxy would not open a tunnel.
  static final class ProxyRefusal extends IOException {
    private final int status;

    ProxyRefusal(int status) {
      this.status = status;
    }
  }

  static OutboundException timeout(String host) {
    return new OutboundException(Reason.TIMEOUT, host + " did not answer in time.");
  }

  private static OutboundException noConnection(String host, String how) {
    return new OutboundException(Reason.CONNECT, host + " could not be connected " + how + ".");
  }

  // JSSE's messages speak of certificates and alerts, never of content.
  private static String tlsSentence(SSLException e, String host) {
    return "No trusted TLS connection to %s (%s). An authority of your own goes into %s."
        .formatted(host, e.getMessage(), "SALLYPORT_OUTBOUND_CA_FILE");
  }
}
