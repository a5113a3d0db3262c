package dev.sallyport.connections.remote;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.connections.remote.FoundStore.FoundFor;
import dev.sallyport.persistence.TestTransactions;
import dev.sallyport.testing.Entrance;
import dev.sallyport.testing.RunningServer;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// What is kept of a discovery for the time when nobody answers.
@ExtendWith(RunningServer.Extension.class)
class FoundStoreIT {
  private static final Found FOUND =
      new Found(
          new AuthorizationServer(
              "https://login.example",
              URI.create("https://login.example/authorize"),
              URI.create("https://login.example/token"),
              null,
              URI.create("https://login.example/revoke"),
              Set.of("read"),
              Set.of("none"),
              true,
              false),
          "https://mcp.example",
          List.of(),
          List.of("read"),
          "https://mcp.example/metadata");

  private final FoundStore store = new FoundStore();
  private FoundFor what;

  @BeforeEach
  void open(RunningServer server) {
    store.sql = new TestTransactions(server).sql();
    store.clock = Clock.systemUTC();
    String app = Entrance.to(server, "mcp+https://mcp.example").appPath().replace("apps/", "");
    what = new FoundFor(app, "mcp+https://mcp.example", Remote.UNSET);
  }

  @Test
  void lastWhenKeptThenTheSame() {
    assertThat(store.last(what)).isEmpty();
    store.keep(what, FOUND);
    store.keep(what, FOUND);
    assertThat(store.last(what)).contains(FOUND);
  }

  @Test
  void lastWhenAddressOrPinDifferThenNothing() {
    store.keep(what, FOUND);
    String app = what.appId();
    assertThat(store.last(new FoundFor(app, "mcp+https://moved.example", Remote.UNSET))).isEmpty();
    assertThat(store.last(new FoundFor(app, what.uri(), Remote.pinned("https://x.example"))))
        .isEmpty();
  }

  @Test
  void lastWhenADayHasPassedThenNothing() {
    store.keep(what, FOUND);
    store.clock = Clock.offset(Clock.systemUTC(), Duration.ofHours(23));
    assertThat(store.last(what)).isPresent();
    store.clock = Clock.offset(Clock.systemUTC(), Duration.ofHours(25));
    assertThat(store.last(what)).isEmpty();
  }
}
