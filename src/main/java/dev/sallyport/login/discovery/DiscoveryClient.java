package dev.sallyport.login.discovery;

import dev.sallyport.http.FetchRequest;
import dev.sallyport.http.FetchResult;
import dev.sallyport.http.OutboundException;
import dev.sallyport.http.OutboundHttp;
import dev.sallyport.login.discovery.DiscoveryResult.Failed;
import dev.sallyport.login.discovery.DiscoveryResult.Reason;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/// Fetches discovery documents.
@ApplicationScoped
public class DiscoveryClient {
  private static final int MAX_BYTES = 256 * 1024;

  @Inject OutboundHttp outbound;

  /// Asks an issuer now.
  public DiscoveryResult fetch(String issuer) {
    try {
      FetchResult answer = get(issuer);
      return answer.isOk()
          ? DiscoveryDocument.check(answer.text(), issuer)
          : new Failed(Reason.UNREACHABLE, wrongStatus(answer));
    } catch (OutboundException e) {
      return new Failed(Reason.UNREACHABLE, String.valueOf(e.getMessage()));
    }
  }

  FetchResult get(String issuer) throws OutboundException {
    return outbound.fetch(
        FetchRequest.get(DiscoveryDocument.url(issuer))
            .header("Accept", "application/json")
            .maxBytes(MAX_BYTES));
  }

  static String wrongStatus(FetchResult answer) {
    return "The discovery document was answered with status " + answer.status() + ".";
  }
}
