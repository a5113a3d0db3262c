package dev.sallyport.connections.grants;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.connections.clients.ClientKind;
import dev.sallyport.crypto.Secret;
import dev.sallyport.testing.LogLines;
import dev.sallyport.testing.RunningServer;
import dev.sallyport.testing.TokenServer.Answer;
import dev.sallyport.testing.TokenServer.Asked;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Refreshes on the running server's database, by one node or two.
@ExtendWith(RunningServer.Extension.class)
class GrantRefreshIT {
  private static final int CALLS = 50;

  private final AtomicInteger number = new AtomicInteger();
  private GrantFixture fixture;

  @AfterEach
  void close() {
    fixture.close();
  }

  private GrantNode open(RunningServer server, Function<Asked, Answer> script) {
    fixture = new GrantFixture(server, script);
    GrantNode node = fixture.node();
    fixture.keep(node);
    return node;
  }

  /// Rotates refresh tokens, and takes none that was not the last.
  private Answer rotating(Asked asked) {
    int last = number.get();
    return asked.form().get("refresh_token").equals("r" + last)
        ? GrantFixture.rotated(number.incrementAndGet())
        : Answer.error(400, "invalid_grant");
  }

  private static String accessToken(GrantToken token) {
    assertThat(token).isInstanceOf(GrantToken.Good.class);
    return ((GrantToken.Good) token).accessToken().reveal();
  }

  private GrantToken token(GrantNode node) {
    return node.grants.token(fixture.key);
  }

  @Test
  void tokenWhenNotDueThenAsItIs(RunningServer server) {
    GrantNode node = open(server, this::rotating);
    assertThat(accessToken(token(node))).isEqualTo("a0");
    assertThat(fixture.refreshes()).isZero();
  }

  @Test
  void tokenWhenDueThenRefreshedAheadForTheResource(RunningServer server) {
    GrantNode node = open(server, this::rotating);
    fixture.comeDue();
    assertThat(accessToken(token(node))).isEqualTo("a1");
    assertThat(fixture.lastForm())
        .containsEntry("grant_type", "refresh_token")
        .containsEntry("refresh_token", "r0")
        .containsEntry("resource", GrantFixture.RESOURCE);
    assertThat(fixture.server.asked().getLast().authorization()).startsWith("Basic ");
    fixture.comeDue();
    assertThat(accessToken(token(node))).isEqualTo("a2");
    assertThat(fixture.lastForm()).containsEntry("refresh_token", "r1");
  }

  @Test
  void refreshWhenTheAnswerLeavesThingsOutThenTheyStay(RunningServer server) {
    GrantNode node = open(server, asked -> Answer.token("a1", 3600));
    fixture.comeDue();
    token(node);
    fixture.comeDue();
    token(node);
    assertThat(fixture.lastForm()).containsEntry("refresh_token", "r0");
    assertThat(fixture.column("array_to_string(scopes, ' ')")).isEqualTo("read write");
    assertThat(fixture.column("id_token")).isNotNull();
  }

  @Test
  void storedTokensAreNotReadable(RunningServer server) {
    open(server, this::rotating);
    for (String column : List.of("access_token", "refresh_token", "id_token")) {
      assertThat(fixture.column(column)).isNotNull().hasSizeGreaterThan(20);
    }
  }

  @Test
  void fiftyCallsWithAnExpiredTokenThenOneRefresh(RunningServer server) throws Exception {
    GrantNode node = open(server, this::rotating);
    fixture.expire();
    assertThat(inParallel(List.of(node))).hasSize(CALLS).containsOnly("a1");
    assertThat(fixture.refreshes()).isEqualTo(1);
  }

  @Test
  void fiftyCallsOnTwoNodesThenOneRefresh(RunningServer server) throws Exception {
    GrantNode node = open(server, this::rotating);
    fixture.expire();
    assertThat(inParallel(List.of(node, fixture.node()))).hasSize(CALLS).containsOnly("a1");
    assertThat(fixture.refreshes()).isEqualTo(1);
    assertThat(fixture.column("ended_at")).isNull();
  }

  private List<String> inParallel(List<GrantNode> nodes) throws Exception {
    List<String> tokens = new ArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var start = new CountDownLatch(1);
      List<Future<GrantToken>> calls = new ArrayList<>();
      for (int i = 0; i < CALLS; i++) {
        GrantNode node = nodes.get(i % nodes.size());
        calls.add(
            threads.submit(
                () -> {
                  start.await();
                  return token(node);
                }));
      }
      start.countDown();
      for (Future<GrantToken> call : calls) {
        tokens.add(accessToken(call.get(60, TimeUnit.SECONDS)));
      }
    }
    return tokens;
  }

  @Test
  void tokenWhenTheServerIsDownThenAGoodOneGoesOn(RunningServer server) {
    GrantNode node = open(server, asked -> new Answer(503, "down"));
    fixture.comeDue();
    assertThat(accessToken(token(node))).isEqualTo("a0");
    assertThat(accessToken(token(node))).isEqualTo("a0");
    assertThat(fixture.refreshes()).as("no second try at once").isEqualTo(1);
    assertThat(fixture.column("last_error")).contains("503");
    fixture.expire();
    assertThat(token(node))
        .isInstanceOfSatisfying(
            GrantToken.Unavailable.class, no -> assertThat(no.detail()).contains("503"));
    assertThat(fixture.column("ended_at")).isNull();
  }

  @Test
  void tokenWhenTheServerCameBackThenRefreshed(RunningServer server) {
    GrantNode node =
        open(server, asked -> fixture.refreshes() <= 1 ? new Answer(502, "") : rotating(asked));
    fixture.expire();
    assertThat(token(node)).isInstanceOf(GrantToken.Unavailable.class);
    fixture.clock.forward(Duration.ofSeconds(6));
    assertThat(accessToken(token(node))).isEqualTo("a1");
    assertThat(fixture.column("last_error")).isNull();
  }

  @Test
  void refreshWhenTheNetworkIsCutAfterTheServerRotatedThenAskedAgain(RunningServer server) {
    GrantNode node =
        open(
            server,
            asked -> {
              // A server with a moment of grace: the last refresh token but one is good once more.
              Answer answer = GrantFixture.rotated(number.incrementAndGet());
              if (number.get() == 1) {
                throw new IllegalStateException("cut");
              }
              return answer;
            });
    fixture.expire();
    assertThat(accessToken(token(node))).isEqualTo("a2");
    assertThat(fixture.column("ended_at")).isNull();
    assertThat(fixture.column("sent_at")).isNull();
  }

  @Test
  void refreshWhenTheRotatedTokenWasLostAtAStrictServerThenTheEndSaysSo(RunningServer server) {
    GrantNode node =
        open(
            server,
            asked -> {
              Answer answer = rotating(asked);
              if (answer.status() == 200) {
                throw new IllegalStateException("cut");
              }
              return answer;
            });
    fixture.expire();
    assertThat(token(node)).isEqualTo(new GrantToken.Ended("refresh-answer-lost"));
  }

  @Test
  void tokenWhenTheNetworkStaysCutThenTheGrantSurvives(RunningServer server) {
    GrantNode node =
        open(
            server,
            asked -> {
              if (fixture.refreshes() <= 2) {
                throw new IllegalStateException("cut");
              }
              return GrantFixture.rotated(1);
            });
    fixture.expire();
    assertThat(token(node)).isInstanceOf(GrantToken.Unavailable.class);
    assertThat(fixture.column("sent_at")).as("an answer is outstanding").isNotNull();
    fixture.clock.forward(Duration.ofSeconds(6));
    assertThat(accessToken(token(node))).isEqualTo("a1");
  }

  @Test
  void saveWhenTheDatabaseStumblesThenTriedAgain(RunningServer server) {
    GrantNode node = open(server, this::rotating);
    node.failNextSaves(1);
    fixture.expire();
    assertThat(accessToken(token(node))).isEqualTo("a1");
    fixture.comeDue();
    assertThat(accessToken(token(node))).isEqualTo("a2");
  }

  @Test
  void refreshWhenInvalidGrantThenEndsForGood(RunningServer server) {
    GrantNode node = open(server, asked -> Answer.error(400, "invalid_grant"));
    fixture.comeDue();
    assertThat(token(node)).isEqualTo(new GrantToken.Ended("refresh-refused"));
    assertThat(token(node)).isEqualTo(new GrantToken.Ended("refresh-refused"));
    assertThat(fixture.refreshes()).isEqualTo(1);
    assertThat(fixture.column("coalesce(access_token, refresh_token, id_token)")).isNull();
  }

  @Test
  void refreshWhenAnErrorComesWith200ThenItIsAnError(RunningServer server) {
    GrantNode node = open(server, asked -> Answer.error(200, "bad_refresh_token"));
    fixture.comeDue();
    assertThat(token(node)).isEqualTo(new GrantToken.Ended("refresh-refused"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "unauthorized_client",
        "unsupported_grant_type",
        "access_denied",
        "invalid_request",
        "invalid_scope",
        "server_error"
      })
  void refreshWhenTheErrorIsNotAboutTheGrantThenItLivesOn(String code, RunningServer server) {
    GrantNode node =
        open(server, asked -> fixture.refreshes() <= 1 ? Answer.error(400, code) : rotating(asked));
    fixture.expire();
    assertThat(token(node))
        .isInstanceOfSatisfying(
            GrantToken.Unavailable.class, no -> assertThat(no.detail()).contains(code));
    assertThat(fixture.column("last_error")).contains(code);
    fixture.clock.forward(Duration.ofSeconds(6));
    assertThat(accessToken(token(node))).isEqualTo("a1");
  }

  @Test
  void refreshWhenNobodyFindsTheServerThenOneLineSaysSo(RunningServer server) {
    GrantNode node = open(server, this::rotating);
    fixture.expire();
    node.failDiscovery();
    try (LogLines lines = LogLines.of(RefreshLog.class)) {
      assertThat(token(node)).isInstanceOf(GrantToken.Unavailable.class);
      assertThat(said(lines))
          .singleElement(InstanceOfAssertFactories.STRING)
          .matches(".*: failed; the grant lives on \\([0-9]+ ms\\)");
    }
    assertThat(fixture.refreshes()).isZero();
    assertThat(node.log.counts().failed()).isEqualTo(1);
  }

  /// What was said of this refresh; others' may run meanwhile.
  private List<String> said(LogLines lines) {
    String start = "refresh of connection " + String.valueOf(fixture.column("id")).substring(0, 12);
    return lines.read().stream().filter(line -> line.startsWith(start)).toList();
  }

  @Test
  void refreshWhenNothingCanBeStoredThenOneLineSaysSo(RunningServer server) {
    GrantNode node = open(server, this::rotating);
    fixture.expire();
    node.failNextSaves(10);
    try (LogLines lines = LogLines.of(RefreshLog.class)) {
      assertThatThrownBy(() -> token(node)).hasMessageContaining("stumbles");
      assertThat(said(lines))
          .singleElement(InstanceOfAssertFactories.STRING)
          .matches(".*: broke off here \\(IllegalStateException\\) \\([0-9]+ ms\\)");
    }
    assertThat(node.log.counts().failed()).isEqualTo(1);
  }

  @Test
  void refreshWhenTheClientIsWrongThenAnAdminCanMendIt(RunningServer server) {
    GrantNode node = open(server, asked -> Answer.error(401, "invalid_client"));
    fixture.expire();
    assertThat(token(node))
        .isInstanceOfSatisfying(
            GrantToken.Unavailable.class, no -> assertThat(no.detail()).contains("invalid_client"));
    assertThat(fixture.column("ended_at")).isNull();
    assertThat(node.forgotten).isEmpty();
  }

  @Test
  void refreshWhenTheServerForgotARegisteredClientThenEnds(RunningServer server) {
    fixture =
        new GrantFixture(
            server, ClientKind.REGISTERED, asked -> Answer.error(401, "invalid_client"));
    GrantNode node = fixture.node();
    fixture.keep(node);
    fixture.expire();
    assertThat(token(node)).isEqualTo(new GrantToken.Ended("client-gone"));
    assertThat(node.forgotten).hasSize(1);
  }

  @Test
  void refusedWhenTheUpstreamRefusesThenANewOne(RunningServer server) {
    GrantNode node = open(server, this::rotating);
    fixture.clock.forward(Duration.ofMinutes(2));
    assertThat(accessToken(node.grants.refused(fixture.key, new Secret("a0")))).isEqualTo("a1");
    assertThat(accessToken(node.grants.refused(fixture.key, new Secret("a0"))))
        .as("who still had the old one gets the newer one")
        .isEqualTo("a1");
    assertThat(fixture.refreshes()).isEqualTo(1);
  }

  @Test
  void refusedWhenTheTokenIsBrandNewThenEnds(RunningServer server) {
    GrantNode node = open(server, this::rotating);
    fixture.clock.forward(Duration.ofMinutes(2));
    node.grants.refused(fixture.key, new Secret("a0"));
    assertThat(node.grants.refused(fixture.key, new Secret("a1")))
        .isEqualTo(new GrantToken.Ended("token-refused"));
    assertThat(fixture.column("revoke_at")).as("to be revoked at its server").isNotNull();
  }

  @Test
  void refusedWhenTheServerIsDownThenTheGrantSurvives(RunningServer server) {
    GrantNode node = open(server, asked -> new Answer(503, "down"));
    fixture.clock.forward(Duration.ofMinutes(2));
    assertThat(node.grants.refused(fixture.key, new Secret("a0")))
        .isInstanceOf(GrantToken.Unavailable.class);
    assertThat(fixture.column("ended_at")).isNull();
  }

  @Test
  void tokenWhenItNeverSaidThatItEndsThenStays(RunningServer server) {
    fixture = new GrantFixture(server, this::rotating);
    GrantNode node = fixture.node();
    fixture.keep(node, new Tokens(new Secret("a0"), null, null, null, null));
    fixture.clock.forward(Duration.ofDays(300));
    assertThat(accessToken(token(node))).isEqualTo("a0");
  }

  @Test
  void tokenWhenOverWithoutRefreshTokenThenEnds(RunningServer server) {
    fixture = new GrantFixture(server, this::rotating);
    GrantNode node = fixture.node();
    fixture.keep(node, new Tokens(new Secret("a0"), null, null, Duration.ofMinutes(10), null));
    fixture.clock.forward(Duration.ofMinutes(10));
    assertThat(token(node)).isEqualTo(new GrantToken.Ended("expired"));
    assertThat(fixture.column("ended_reason")).isEqualTo("expired");
  }

  @Test
  void storeWhenARefreshIsUnderWayThenTheNewSignInWins(RunningServer server) {
    GrantNode[] node = new GrantNode[1];
    node[0] =
        open(
            server,
            asked -> {
              fixture.keep(
                  node[0],
                  new Tokens(new Secret("b0"), new Secret("q0"), null, Duration.ofHours(2), null));
              return rotating(asked);
            });
    fixture.expire();
    assertThat(accessToken(token(node[0]))).isEqualTo("b0");
    assertThat(accessToken(token(node[0]))).isEqualTo("b0");
  }

  @Test
  void storeWhenTheRefreshUnderWayIsRefusedThenTheNewSignInStays(RunningServer server) {
    GrantNode[] node = new GrantNode[1];
    node[0] =
        open(
            server,
            asked -> {
              fixture.keep(
                  node[0],
                  new Tokens(new Secret("b0"), new Secret("q0"), null, Duration.ofHours(2), null));
              return Answer.error(400, "invalid_grant");
            });
    fixture.expire();
    assertThat(accessToken(token(node[0]))).isEqualTo("b0");
    assertThat(fixture.column("ended_at")).isNull();
  }

  @Test
  void endWhenARefreshIsUnderWayThenItsTokensAreRevoked(RunningServer server) {
    GrantNode[] node = new GrantNode[1];
    node[0] =
        open(
            server,
            asked -> {
              if (asked.path().equals("/revoke")) {
                return new Answer(200, "");
              }
              end(node[0], fixture.column("id"));
              return rotating(asked);
            });
    fixture.expire();
    assertThat(token(node[0])).isEqualTo(new GrantToken.Ended("revoked"));
    node[0].revocation.revoke(fixture.column("id"));
    assertThat(fixture.server.asked())
        .filteredOn(asked -> asked.path().equals("/revoke"))
        .extracting(asked -> asked.form().get("token"))
        .containsExactly("r1", "a1");
  }

  private static void end(GrantNode node, String id) {
    node.inTransaction(() -> node.ending.endOne(id, GrantEnd.REVOKED, "ada"));
  }
}
