package dev.sallyport.connections.grants;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.authz.CallContext;
import dev.sallyport.crypto.Secret;
import dev.sallyport.testing.RunningServer;
import dev.sallyport.testing.TokenServer.Answer;
import dev.sallyport.testing.TokenServer.Asked;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// How grants end, what is left of them, and what people said that agents may do.
@ExtendWith(RunningServer.Extension.class)
class GrantEndIT {
  private static final Answer DONE = new Answer(200, "");

  private GrantFixture fixture;
  private GrantNode node;
  private String id;

  private void open(RunningServer server, Function<Asked, Answer> script) {
    fixture = new GrantFixture(server, script);
    node = fixture.node();
    id = fixture.keep(node);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private boolean end(GrantEnd reason) {
    return node.inTransaction(() -> node.ending.endOne(id, reason, "ada"));
  }

  @Test
  void tokenWhenNeverGrantedThenMissing(RunningServer server) {
    open(server, asked -> DONE);
    GrantKey other =
        new GrantKey(
            fixture.key.person(), fixture.key.server(), "gateway", "https://other.example", null);
    assertThat(node.grants.token(other)).isEqualTo(new GrantToken.Missing());
  }

  @Test
  void tokenWhenOfAnotherSessionThenMissing(RunningServer server) {
    open(server, asked -> DONE);
    GrantKey key = fixture.key;
    GrantKey other =
        new GrantKey(key.person(), key.server(), key.clientId(), key.resource(), "aas_1");
    assertThat(node.grants.token(other)).isEqualTo(new GrantToken.Missing());
  }

  @Test
  void endWhenRevokedThenBothTokensAreRevokedAndWiped(RunningServer server) {
    open(server, asked -> DONE);
    assertThat(end(GrantEnd.REVOKED)).isTrue();
    assertThat(end(GrantEnd.REVOKED)).as("twice").isFalse();
    node.revocation.revoke(id);
    assertThat(fixture.server.asked())
        .extracting(asked -> asked.path() + " " + asked.form().get("token"))
        .containsExactly("/revoke r0", "/revoke a0");
    assertThat(fixture.server.asked().getFirst().form())
        .containsEntry("token_type_hint", "refresh_token");
    assertThat(fixture.column("coalesce(access_token, refresh_token, id_token)")).isNull();
    assertThat(fixture.column("revocation")).isEqualTo("done");
    assertThat(node.grants.token(fixture.key)).isEqualTo(new GrantToken.Ended("revoked"));
  }

  @Test
  void revokeWhenTheServerIsDownThenLaterAgain(RunningServer server) {
    open(server, asked -> fixture.server.asked().size() <= 1 ? new Answer(503, "") : DONE);
    end(GrantEnd.REVOKED);
    node.revocation.revoke(id);
    assertThat(fixture.column("refresh_token")).isNotNull();
    node.revocation.revoke(id);
    assertThat(fixture.server.asked()).as("not before its time").hasSize(1);
    fixture.clock.forward(Duration.ofMinutes(3));
    node.revocation.revoke(id);
    assertThat(fixture.column("revocation")).isEqualTo("done");
  }

  @Test
  void revokeWhenTheServerStaysDownThenGivenUpAndWiped(RunningServer server) {
    open(server, asked -> new Answer(503, ""));
    end(GrantEnd.REVOKED);
    for (int i = 0; i < 12; i++) {
      node.revocation.revoke(id);
      fixture.clock.forward(Duration.ofDays(3));
    }
    assertThat(fixture.column("revocation")).isEqualTo("unreachable");
    assertThat(fixture.column("refresh_token")).isNull();
    assertThat(fixture.server.asked()).hasSize(10);
  }

  @Test
  void endOfPersonThenNothingOfOthers(RunningServer server) {
    open(server, asked -> DONE);
    try (GrantFixture other = new GrantFixture(server, asked -> DONE)) {
      other.keep(node);
      Person person = fixture.key.person();
      int ended =
          node.inTransaction(() -> node.ending.endOfPerson(person, GrantEnd.DEACTIVATED, "admin"));
      assertThat(ended).isEqualTo(1);
      assertThat(other.column("ended_at")).isNull();
      assertThat(fixture.column("ended_reason")).isEqualTo("deactivated");
    }
  }

  @Test
  void storeWhenGrantedAgainThenTheSameConnection(RunningServer server) {
    open(server, asked -> DONE);
    assertThat(fixture.keep(node)).isEqualTo(id);
    end(GrantEnd.REVOKED);
    assertThat(fixture.keep(node)).isNotEqualTo(id);
    assertThat(node.grants.token(fixture.key)).isInstanceOf(GrantToken.Good.class);
  }

  @Test
  void shareableWhenTheResourceLiesUnderAGrantedOneThenThatKey(RunningServer server) {
    open(server, asked -> DONE);
    GrantKey key = fixture.key;
    GrantKey below =
        new GrantKey(key.person(), key.server(), key.clientId(), key.resource() + "/pages", null);
    assertThat(node.grants.shareable(below)).contains(key);
    GrantKey beside =
        new GrantKey(key.person(), key.server(), key.clientId(), key.resource() + "2", null);
    assertThat(node.grants.shareable(beside)).isEmpty();
  }

  private boolean isServed(String url, String session) {
    Person person = fixture.key.person();
    return node.grants.serving(new ServedCall(person, fixture.app(), url, session)).isPresent();
  }

  @Test
  void servingThenOnlyWhereItWasMadeForAndAsLongAsItIsGood(RunningServer server) {
    open(server, asked -> DONE);
    assertThat(isServed("https://wiki.example/mcp", null)).isTrue();
    assertThat(isServed("https://wiki.example/mcp/a", null)).isTrue();
    assertThat(isServed("https://elsewhere.example/mcp", null)).isFalse();
    assertThat(isServed("https://wiki.example/mcp", "aas_1")).isFalse();
    fixture.expire();
    assertThat(isServed("https://wiki.example/mcp", null)).isFalse();
    assertThat(fixture.server.asked()).isEmpty();
  }

  private Consent consent(String client, String session, String... scopes) {
    return new Consent(fixture.key.person(), client, fixture.app(), Set.of(scopes), session);
  }

  private void give(Consent consent) {
    CallContext.system().run(() -> node.grants.consent(consent));
  }

  @Test
  void hasConsentWhenGivenThenForThisClientAndNoMoreScopes(RunningServer server) {
    open(server, asked -> DONE);
    give(consent("claude", null, "read"));
    assertThat(node.grants.hasConsent(consent("claude", null, "read"))).isTrue();
    assertThat(node.grants.hasConsent(consent("claude", null))).isTrue();
    assertThat(node.grants.hasConsent(consent("claude", null, "read", "write"))).isFalse();
    assertThat(node.grants.hasConsent(consent("other", null, "read"))).isFalse();
    give(consent("claude", null, "write"));
    assertThat(node.grants.hasConsent(consent("claude", null, "read", "write"))).isTrue();
  }

  @Test
  void hasConsentWhenForOneSessionThenForNoOther(RunningServer server) {
    open(server, asked -> DONE);
    give(consent("", "aas_1", "read"));
    assertThat(node.grants.hasConsent(consent("", "aas_1", "read"))).isTrue();
    assertThat(node.grants.hasConsent(consent("", "aas_2", "read"))).isFalse();
    assertThat(node.grants.hasConsent(consent("", null, "read"))).isFalse();
  }

  @Test
  void endWhenRevokedThenConsentGoesToo(RunningServer server) {
    open(server, asked -> DONE);
    give(consent("claude", null, "read"));
    end(GrantEnd.TOKEN_REFUSED);
    assertThat(node.grants.hasConsent(consent("claude", null, "read"))).isTrue();
    id = fixture.keep(node);
    end(GrantEnd.REVOKED);
    assertThat(node.grants.hasConsent(consent("claude", null, "read"))).isFalse();
  }

  @Test
  void endOfPersonWhenTheGrantIsOverAlreadyThenConsentGoesToo(RunningServer server) {
    open(server, asked -> DONE);
    for (GrantEnd reason : List.of(GrantEnd.DEACTIVATED, GrantEnd.BLOCKED)) {
      give(consent("claude", null, "read"));
      end(GrantEnd.EXPIRED);
      assertThat(endOfPerson(GrantEnd.LOGGED_OUT)).isZero();
      assertThat(node.grants.hasConsent(consent("claude", null, "read"))).isTrue();
      assertThat(endOfPerson(reason)).isZero();
      assertThat(node.grants.hasConsent(consent("claude", null, "read"))).isFalse();
    }
  }

  private int endOfPerson(GrantEnd reason) {
    return node.inTransaction(() -> node.ending.endOfPerson(fixture.key.person(), reason, "admin"));
  }

  @Test
  void revokeWhenLateTokensComeMeanwhileThenTheyAreRevokedToo(RunningServer server) {
    StoredGrant[] before = new StoredGrant[1];
    open(
        server,
        asked -> {
          if (fixture.server.asked().size() == 1) {
            Tokens late =
                new Tokens(new Secret("a1"), new Secret("r1"), null, Duration.ofHours(1), null);
            node.records.refreshed(before[0], late);
          }
          return DONE;
        });
    before[0] = node.grants.store.byId(id).orElseThrow();
    end(GrantEnd.REVOKED);
    node.revocation.revoke(id);
    node.revocation.revoke(id);
    assertThat(fixture.server.asked())
        .extracting(asked -> asked.form().get("token"))
        .containsExactly("r0", "a0", "r1", "a1");
    assertThat(fixture.column("refresh_token")).isNull();
  }
}
