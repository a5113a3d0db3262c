package dev.sallyport.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sallyport.http.OutboundException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.io.HttpClientConnectionManager;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/// One exchange over one new connection to an address that was checked. Fetches are rare, so that a
/// pool would only be one more thing that must not mix up pinned addresses.
final class Hop {
  private static final Duration LONGEST_CONNECT = Duration.ofSeconds(3);

  /// Where to connect: one of the checked addresses, or an egress proxy that resolves by itself.
  sealed interface Way {
    record Direct(List<InetAddress> addresses) implements Way {}

    record Through(HttpHost proxy) implements Way {}
  }

  private final TlsSocketStrategy tls;
  private final FetchRequest request;
  private final URI url;
  private final HttpUriRequestBase call;
  private boolean reached;

  Hop(TlsSocketStrategy tls, FetchRequest request, URI url) {
    this.tls = tls;
    this.request = request;
    this.url = url;
    this.call = new HttpUriRequestBase(request.method(), url);
    request.headers().forEach(call::setHeader);
    FetchRequest.Body body = request.body();
    if (body != null) {
      ContentType type = ContentType.parse(body.contentType());
      call.setEntity(new ByteArrayEntity(body.content().getBytes(UTF_8), type));
    }
  }

  FetchResult run(Way way) throws IOException, OutboundException {
    try (CloseableHttpClient client = client(way)) {
      return client.execute(call, this::read);
    } catch (TooLarge e) {
      throw new OutboundException(
          Reason.TOO_LARGE, url.getHost() + " sent more than " + request.maxBytes() + " bytes.");
    }
  }

  /// From another thread: closes the connection in whatever it does.
  void abort() {
    call.abort();
  }

  private CloseableHttpClient client(Way way) {
    HttpClientBuilder builder =
        HttpClientBuilder.create()
            .setConnectionManager(connections(way))
            .setDefaultRequestConfig(config())
            .addExecInterceptorAfter(ChainElement.CONNECT.name(), "reached", this::reached)
            .setUserAgent("Sallyport")
            .disableRedirectHandling()
            .disableAutomaticRetries()
            .disableCookieManagement()
            .disableAuthCaching()
            // Nothing to inflate means nothing that could grow past the cap.
            .disableContentCompression();
    return way instanceof Way.Through(HttpHost proxy)
        ? builder.setProxy(proxy).build()
        : builder.build();
  }

  private RequestConfig config() {
    return RequestConfig.custom()
        .setResponseTimeout(Timeout.of(request.timeout()))
        // Else plain http calls offer an upgrade to TLS, which many servers choke on.
        .setProtocolUpgradeEnabled(false)
        .build();
  }

  private HttpClientConnectionManager connections(Way way) {
    Timeout all = Timeout.of(request.timeout());
    Timeout connect =
        request.timeout().compareTo(LONGEST_CONNECT) < 0 ? all : Timeout.of(LONGEST_CONNECT);
    DnsResolver resolver =
        way instanceof Way.Direct(List<InetAddress> addresses)
            ? new PinnedAddresses(addresses)
            : SystemDefaultDnsResolver.INSTANCE;
    return PoolingHttpClientConnectionManagerBuilder.create()
        .setDnsResolver(resolver)
        .setTlsSocketStrategy(tls)
        .setDefaultTlsConfig(TlsConfig.custom().setHandshakeTimeout(all).build())
        .setDefaultConnectionConfig(
            ConnectionConfig.custom().setConnectTimeout(connect).setSocketTimeout(all).build())
        .build();
  }

  private ClassicHttpResponse reached(
      ClassicHttpRequest sent, ExecChain.Scope scope, ExecChain chain)
      throws IOException, HttpException {
    reached = true;
    return chain.proceed(sent, scope);
  }

  private FetchResult read(ClassicHttpResponse response) throws IOException {
    // A proxy that refuses the tunnel answers itself; that must not pass for the host's answer.
    if (!reached) {
      throw new Failures.ProxyRefusal(response.getCode());
    }
    Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (Header header : response.getHeaders()) {
      headers.computeIfAbsent(header.getName(), _ -> new ArrayList<>()).add(header.getValue());
    }
    String text = text(response.getEntity());
    return new FetchResult(response.getCode(), url, headers, text);
  }

  private String text(@Nullable HttpEntity entity) throws IOException {
    if (entity == null) {
      return "";
    }
    if (entity.getContentLength() > request.maxBytes()) {
      throw tooLarge();
    }
    InputStream content = entity.getContent();
    byte[] bytes = content.readNBytes(request.maxBytes());
    if (content.read() >= 0) {
      throw tooLarge();
    }
    return new String(bytes, UTF_8);
  }

  // Aborted first: closing a response reads it to its end, which may never come.
  private TooLarge tooLarge() {
    call.abort();
    return new TooLarge();
  }

  private static final class TooLarge extends IOException {}

  private record PinnedAddresses(List<InetAddress> addresses) implements DnsResolver {
    @Override
    public InetAddress[] resolve(String host) {
      return addresses.toArray(InetAddress[]::new);
    }

    @Override
    public List<InetSocketAddress> resolve(String host, int port) {
      return addresses.stream().map(address -> new InetSocketAddress(address, port)).toList();
    }

    @Override
    public String resolveCanonicalHostname(String host) {
      return host;
    }
  }
}
