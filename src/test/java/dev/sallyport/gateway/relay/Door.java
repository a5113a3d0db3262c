package dev.sallyport.gateway.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.gateway.health.Circuit;
import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HttpString;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.xnio.XnioIoThread;

/// A server that relays everything, and remembers what the relay told it.
final class Door implements AutoCloseable {
  /// A test waits this long for what comes at once on a quiet machine.
  static final Duration PATIENCE = Duration.ofSeconds(30);

  // No limit of the relay's own ends anything before a test's patience does.
  static final Duration NEVER = Duration.ofMinutes(10);
  static final RelaySettings SETTINGS =
      new RelaySettings(
          RelaySettings.defaults().maxBodyBytes(),
          RelaySettings.defaults().maxInFlight(),
          NEVER,
          NEVER,
          RelaySettings.defaults().addressTtl(),
          NEVER,
          RelaySettings.defaults().watchAfter(),
          new RelaySettings.Patience(NEVER, NEVER, NEVER));
  static final HttpString SESSION = new HttpString("Mcp-Session-Id");

  final BlockingQueue<Relay.Handle> handles = new LinkedBlockingQueue<>();
  final BlockingQueue<RelayFailure> failures = new LinkedBlockingQueue<>();
  final AtomicInteger completed = new AtomicInteger();
  final List<UpstreamPool> pools = new ArrayList<>();
  final WaitingRoom room = new WaitingRoom(0, new WaitCounts());
  private final Relay relay;
  private final Egress egress;
  private final Undertow server;
  private volatile @Nullable XnioIoThread thread;

  Door(RelaySettings settings, AddressResolver resolver, SSLContext tls, URI... upstreams) {
    Executor blocking = task -> Thread.ofVirtual().start(task);
    relay = new Relay(settings);
    egress = new Egress(settings, resolver, blocking, tls);
    for (URI upstream : upstreams) {
      pools.add(pool(upstream));
    }
    server =
        Undertow.builder()
            .setIoThreads(1)
            // the relay's own limit must win over the server's
            .setServerOption(UndertowOptions.MAX_ENTITY_SIZE, 1024L * 1024)
            .setServerOption(UndertowOptions.ENABLE_HTTP2, true)
            .addHttpListener(0, "127.0.0.1", this::handle)
            .addHttpsListener(0, "127.0.0.1", tls, this::handle)
            .build();
    server.start();
  }

  private UpstreamPool pool(URI upstream) {
    return new UpstreamPool(
        new UpstreamTarget("u" + pools.size(), upstream),
        egress,
        new Circuit(Clock.systemUTC(), System::nanoTime),
        room);
  }

  static Door to(URI... upstreams) {
    return with(SETTINGS, upstreams);
  }

  static Door with(RelaySettings settings, URI... upstreams) {
    try {
      return new Door(
          settings,
          (host, port) -> InetAddress.getByName(host),
          SSLContext.getDefault(),
          upstreams);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  static Door over(SSLContext tls, URI... upstreams) {
    return new Door(SETTINGS, (host, port) -> InetAddress.getByName(host), tls, upstreams);
  }

  int port() {
    return port("http");
  }

  int tlsPort() {
    return port("https");
  }

  private int port(String protocol) {
    return server.getListenerInfo().stream()
        .filter(listener -> listener.getProtcol().equals(protocol))
        .mapToInt(listener -> ((InetSocketAddress) listener.getAddress()).getPort())
        .findFirst()
        .orElseThrow();
  }

  Relay.Handle awaitHandle() throws InterruptedException {
    Relay.Handle handle = handles.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    if (handle == null) {
      throw new AssertionError("no call reached the door");
    }
    return handle;
  }

  static RelaySettings inFlight(int calls) {
    return settings(calls, NEVER, NEVER);
  }

  static RelaySettings connectingWithin(Duration time) {
    return settings(10, time, NEVER);
  }

  static RelaySettings idleFor(Duration time) {
    return settings(10, NEVER, time);
  }

  static RelaySettings waiting(int calls, RelaySettings.Patience patience) {
    return new RelaySettings(
        1_000_000,
        calls,
        NEVER,
        NEVER,
        SETTINGS.addressTtl(),
        SETTINGS.bodyTimeout(),
        SETTINGS.watchAfter(),
        patience);
  }

  private static RelaySettings settings(int inFlight, Duration connect, Duration idle) {
    return new RelaySettings(
        1_000_000,
        inFlight,
        connect,
        idle,
        SETTINGS.addressTtl(),
        SETTINGS.bodyTimeout(),
        SETTINGS.watchAfter(),
        SETTINGS.patience());
  }

  /// Makes one call, which is expected to fail, and ends.
  String failure() throws IOException {
    try (this;
        RawConnection client = RawConnection.client(port())) {
      client.send("POST / HTTP/1.1\r\nHost: door\r\nContent-Length: 2\r\n\r\n{}");
      String body = client.awaitAnswer().body();
      awaitIdle();
      return body;
    }
  }

  /// The answer may arrive a moment before the relay has put everything away.
  void awaitIdle() {
    await("no call holds a place", () -> pools.stream().allMatch(pool -> pool.inFlight() == 0));
  }

  void awaitCompleted(int calls) {
    await("the end of the calls", () -> completed.get() >= calls);
    assertThat(completed).hasValue(calls);
  }

  static void await(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError("in vain: " + what);
      }
      Thread.yield();
    }
  }

  @Override
  public void close() {
    pools.forEach(UpstreamPool::close);
    server.stop();
  }

  /// Holds the one I/O thread up until the latch is counted down: what comes meanwhile comes to it
  /// all at once, in the order in which it came.
  CountDownLatch hold() {
    CountDownLatch isHeld = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    Objects.requireNonNull(thread)
        .execute(
            () -> {
              isHeld.countDown();
              await(release);
            });
    await(isHeld);
    return release;
  }

  static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private void handle(HttpServerExchange exchange) {
    thread = exchange.getIoThread();
    handles.add(relay.forward(exchange, candidates(exchange), new Call(exchange)));
  }

  /// All, or the one that the path names: `/only/0`.
  private List<UpstreamPool> candidates(HttpServerExchange exchange) {
    String path = exchange.getRequestPath();
    return path.startsWith("/only/")
        ? List.of(pools.get(Integer.parseInt(path.substring(6))))
        : pools;
  }

  /// Answers failures as a door would, with the failure's name as body.
  private final class Call implements RelayCall {
    private final boolean declines;

    Call(HttpServerExchange exchange) {
      declines = exchange.getRequestPath().equals("/declined");
    }

    @Override
    public List<Map.Entry<HttpString, String>> requestHeaders() {
      return List.of(
          Map.entry(new HttpString("Sallyport-Jwt-Assertion"), "signed"),
          Map.entry(new HttpString("X-Forwarded-For"), "192.0.2.7"),
          Map.entry(SESSION, "inner"));
    }

    @Override
    public @Nullable String responseHeader(UpstreamTarget from, HttpString name, String value) {
      if (name.equals(new HttpString("X-Drop"))) {
        return null;
      }
      return name.equals(SESSION) ? from.id() + "/" + value : value;
    }

    @Override
    public boolean answered(UpstreamTarget upstream, HttpServerExchange exchange) {
      exchange.getResponseHeaders().put(new HttpString("X-Door"), "seen");
      return !declines;
    }

    @Override
    public void failed(HttpServerExchange exchange, RelayFailure failure) {
      failures.add(failure);
      exchange.setStatusCode(
          switch (failure) {
            case BODY_TOO_LARGE -> 413;
            case BODY_TIMEOUT -> 408;
            case CUT -> 401;
            case BUSY -> 503;
            case METHOD_REFUSED -> 405;
            default -> 502;
          });
      exchange.getResponseSender().send(failure.name());
    }

    @Override
    public void completed() {
      completed.incrementAndGet();
    }
  }
}
