package dev.sallyport.gateway.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.xnio.XnioIoThread;

class RelayAddressTest {
  private static final String POST = "POST / HTTP/1.1\r\nHost: door\r\nContent-Length: 2\r\n\r\n{}";
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

  @Test
  void resolveWhenNameIsLookedUpThenNotOnAnIoThreadAndOnlyOnce() throws Exception {
    AtomicInteger lookups = new AtomicInteger();
    CompletableFuture<Thread> thread = new CompletableFuture<>();
    AddressResolver resolver =
        (host, port) -> {
          lookups.incrementAndGet();
          thread.complete(Thread.currentThread());
          assertThat(host).isEqualTo("upstream.test");
          return InetAddress.getLoopbackAddress();
        };
    try (RawUpstream upstream = RawUpstream.answering(OK);
        Door door = door(resolver, URI.create("http://upstream.test:" + upstream.port() + "/"));
        RawConnection client = RawConnection.client(door.port())) {
      for (int i = 0; i < 3; i++) {
        client.send(POST);
        assertThat(client.awaitAnswer().body()).isEqualTo("ok");
      }
      assertThat(thread.get(Door.PATIENCE.toSeconds(), TimeUnit.SECONDS))
          .isNotInstanceOf(XnioIoThread.class);
      assertThat(lookups).hasValue(1);
      assertThat(upstream.awaitConnection().awaitRequest().head())
          .contains("\r\nHost: upstream.test:" + upstream.port() + "\r\n");
    }
  }

  @Test
  void resolveWhenAddressIsRefusedThenItSaysSo() throws Exception {
    AddressResolver guard =
        (host, port) -> {
          throw new AddressRefusedException("link-local");
        };
    assertThat(door(guard, URI.create("http://meta.test/")).failure()).isEqualTo("ADDRESS_REFUSED");
  }

  @Test
  void resolveWhenNameIsUnknownThenItSaysSo() throws Exception {
    AddressResolver empty =
        (host, port) -> {
          throw new UnknownHostException(host);
        };
    assertThat(door(empty, URI.create("http://none.test/")).failure())
        .isEqualTo("NAME_NOT_RESOLVED");
  }

  @Test
  void resolveWhenAddressChangesThenNewCallsGoThere() throws Exception {
    AtomicInteger lookups = new AtomicInteger();
    AddressResolver moving =
        (host, port) ->
            InetAddress.getByName(lookups.getAndIncrement() == 0 ? "127.0.0.1" : "127.0.0.2");
    RelaySettings brief =
        new RelaySettings(
            1_000,
            10,
            Door.SETTINGS.connectTimeout(),
            Door.SETTINGS.idleTtl(),
            Duration.ofMillis(1),
            Door.SETTINGS.bodyTimeout(),
            Door.SETTINGS.watchAfter(),
            Door.SETTINGS.patience());
    try (RawUpstream upstream = RawUpstream.answering(OK);
        Door door =
            new Door(
                brief,
                moving,
                SSLContext.getDefault(),
                URI.create("http://moving.test:" + upstream.port() + "/"));
        RawConnection client = RawConnection.client(door.port())) {
      client.send(POST);
      assertThat(client.awaitAnswer().body()).isEqualTo("ok");
      RawConnection old = upstream.awaitConnection();
      Door.await(
          "the move",
          () -> {
            try {
              client.send(POST);
              client.awaitAnswer();
              return !door.failures.isEmpty();
            } catch (IOException e) {
              throw new AssertionError(e);
            }
          });
      assertThat(door.failures).contains(RelayFailure.CONNECT_FAILED);
      old.awaitEnd();
    }
  }

  @Test
  void connectWhenUpstreamDoesNotShakeHandsThenItTimesOut() throws Exception {
    RelaySettings brief = Door.connectingWithin(Duration.ofSeconds(2));
    try (RawUpstream silent = RawUpstream.start(RawConnection::readToEnd)) {
      URI url = URI.create("https://127.0.0.1:" + silent.port() + "/");
      assertThat(Door.with(brief, url).failure()).isEqualTo("CONNECT_TIMEOUT");
      silent.awaitConnection().awaitEnd();
    }
  }

  private static Door door(AddressResolver resolver, URI url) throws Exception {
    return new Door(Door.SETTINGS, resolver, SSLContext.getDefault(), url);
  }
}
