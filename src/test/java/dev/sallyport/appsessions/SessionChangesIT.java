package dev.sallyport.appsessions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.crypto.Secret;
import dev.sallyport.testing.Await;
import dev.sallyport.testing.Entrance;
import dev.sallyport.testing.EventReader;
import dev.sallyport.testing.Rest;
import dev.sallyport.testing.RunningServer;
import dev.sallyport.testing.TestToken;
import dev.sallyport.testing.Unique;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// What a proxy in front hears, and for how long.
@ExtendWith(RunningServer.Extension.class)
class SessionChangesIT {
  private static final int MAX_PER_ACTOR = 10;
  private static final String PATH = "app-sessions/changes";

  private final List<EventReader> opened = new ArrayList<>();
  private Entrance entrance;
  private Rest proxy;

  @BeforeEach
  void open(RunningServer server) {
    entrance = Entrance.to(server, "https://app.example/");
    proxy = entrance.rest().holding("r-agent");
  }

  @AfterEach
  void close() {
    opened.forEach(EventReader::close);
  }

  private EventReader listen(Rest listener) {
    EventReader reader = EventReader.of(listener.stream(PATH));
    opened.add(reader);
    return reader;
  }

  private String openSession(TestToken token) {
    return proxy
        .post(
            "app-sessions",
            Map.of("app", entrance.name(), "jwt", token.signed(), "remoteAddress", "203.0.113.7"))
        .at("/id");
  }

  private static String ended(String session) {
    return "ended {\"id\":\"" + session + "\"}";
  }

  @Test
  void streamWhenOpenedThenSaysThatThisNodeIsCurrentAndGoesOn() {
    EventReader events = listen(proxy);

    events.await("current {}");
    events.await(": keep-alive");
    events.forget();
    events.await("current {}");
  }

  @Test
  void sessionWhenEndedThenTold() {
    String kept = openSession(entrance.token());
    String session = openSession(entrance.token());
    EventReader events = listen(proxy);
    events.await("current {}");

    entrance.end(session);

    events.await(ended(session));
    assertThat(events.seen()).doesNotContain(ended(kept));
  }

  @Test
  void sessionsWhenManyEndThenEachIsTold() {
    String first = openSession(entrance.token());
    String second = openSession(entrance.token());
    EventReader events = listen(proxy);
    events.await("current {}");

    entrance.rest().delete("app-sessions?app=" + entrance.name());

    events.await(ended(first));
    events.await(ended(second));
  }

  @Test
  void trustWhenAConfigChangesThenTold() {
    EventReader events = listen(proxy);
    events.await("current {}");

    entrance.changeConfig(Map.of("enabled", false));

    events.await("trust-changed {}");
  }

  @Test
  void streamWhenItsKeyIsDeletedThenEnds() {
    Rest other = entrance.rest().holding("r-agent");
    String id = other.get("auth/me").at("/id");
    EventReader ending = listen(other);
    EventReader going = listen(proxy);
    ending.await("current {}");

    assertThat(entrance.rest().delete("auth/keys/" + id).status()).isEqualTo(204);

    ending.awaitEnd();
    going.forget();
    going.await("current {}");
    assertThat(going.isOpen()).isTrue();
  }

  @Test
  void streamWhenAnActorHasManyThenTheNextIsRefusedUntilOneIsClosed() {
    for (int i = 0; i < MAX_PER_ACTOR; i++) {
      listen(proxy).await("current {}");
    }

    Rest.Answer refused = proxy.get(PATH);
    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.code()).isEqualTo("too-many-requests");
    assertThat(refused.headers().firstValue("Retry-After")).isPresent();
    listen(entrance.rest().holding("r-agent")).await("current {}");

    opened.getFirst().close();
    Await.until("a place is free again", this::isLetIn);
  }

  private boolean isLetIn() {
    var answer = proxy.stream(PATH);
    opened.add(EventReader.of(answer));
    return answer.statusCode() == 200;
  }

  @Test
  void streamWhenPermissionIsMissingThenRefused() {
    Rest.Answer refused = entrance.rest().holding("r-auditor").get(PATH);

    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.at("/detail")).contains("app_session.lookup");
  }

  private Rest scoped(String app) {
    Map<String, Object> key =
        Map.of(
            "name", Unique.name("proxy"),
            "role", "r-agent",
            "scope", Map.of("test", List.of(app)));
    return entrance.rest().with(new Secret(entrance.rest().post("auth/keys", key).at("/key")));
  }

  @Test
  void sessionWhenEndedOutsideOfTheScopeThenNotTold() {
    String outside = openSession(entrance.token());
    Entrance own = Entrance.to(entrance.server(), "https://app.example/");
    Rest listener = scoped(own.name());
    String inside =
        listener
            .post(
                "app-sessions",
                Map.of(
                    "app", own.name(),
                    "jwt", own.token().signed(),
                    "remoteAddress", "203.0.113.7"))
            .at("/id");
    EventReader events = listen(listener);
    events.await("current {}");

    entrance.end(outside);
    own.end(inside);

    events.await(ended(inside));
    assertThat(events.seen()).doesNotContain(ended(outside));
    events.forget();
    events.await("current {}");
  }

  @Test
  void trustWhenAConfigChangesThenAScopedProxyIsToldToo() {
    EventReader events = listen(scoped(entrance.name()));
    events.await("current {}");

    entrance.changeConfig(Map.of("enabled", false));

    events.await("trust-changed {}");
  }

  @Test
  void streamWhenTheScopedKeyIsDeletedThenEnds() {
    Rest other = scoped(entrance.name());
    EventReader ending = listen(other);
    ending.await("current {}");

    entrance.rest().delete("auth/keys/" + other.get("auth/me").at("/id"));

    ending.awaitEnd();
  }
}
