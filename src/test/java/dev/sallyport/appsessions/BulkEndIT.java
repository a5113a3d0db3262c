package dev.sallyport.appsessions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.testing.Entrance;
import dev.sallyport.testing.Rest;
import dev.sallyport.testing.RunningServer;
import dev.sallyport.testing.TestToken;
import dev.sallyport.testing.Unique;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Ending many sessions by a filter, and never more than the caller has seen.
@ExtendWith(RunningServer.Extension.class)
class BulkEndIT {
  private Entrance entrance;
  private Rest rest;

  @BeforeEach
  void open(RunningServer server) {
    entrance = Entrance.to(server, "https://app.example/");
    rest = entrance.rest();
  }

  private Rest.Answer open(TestToken token) {
    return rest.post(
        "app-sessions",
        Map.of("app", entrance.name(), "jwt", token.signed(), "remoteAddress", "203.0.113.7"));
  }

  private Rest.Answer end(String query) {
    return rest.delete("app-sessions?app=" + entrance.name() + query);
  }

  @Test
  void endWhenFilterMatchesThenAllEndAndAreBlocked() {
    TestToken first = entrance.token();
    open(first);
    open(entrance.token());

    Rest.Answer ended = end("&expectedCount=2");

    assertThat(ended.status()).isEqualTo(200);
    assertThat(ended.at("/ended")).isEqualTo("2");
    assertThat(entrance.sessions("live")).isEmpty();
    assertThat(open(first).code()).isEqualTo("token-blocked");
  }

  @Test
  void endByUserThenNobodyWhoseNameOnlyBeginsLikeThat() {
    String bob = Unique.name("bob");
    open(entrance.token().with("email", bob));
    open(entrance.token().with("email", bob + "by"));
    assertThat(entrance.sessions("live")).hasSize(2);

    assertThat(end("&user=" + bob).at("/ended")).isEqualTo("1");

    assertThat(rest.get("app-sessions/" + entrance.session()).at("/username"))
        .isEqualTo(bob + "by");
  }

  @Test
  void endWhenFilterHasASlipThenNobodyEnds() {
    open(entrance.token());

    Rest.Answer refused = end("&usr=nobody");

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.fields()).containsExactly("usr");
    assertThat(refused.at("/detail")).startsWith("usr is no parameter here; ").contains(" user.");
    assertThat(entrance.sessions("live")).hasSize(1);
  }

  @Test
  void endWhenFilterIsEmptyThenRefused() {
    Rest.Answer refused = rest.delete("app-sessions");

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.code()).isEqualTo("filter-empty");
    assertThat(rest.delete("app-sessions?app=&state=all").code()).isEqualTo("filter-empty");
  }

  @Test
  void endWhenMoreMatchThanExpectedThenNothingEnds() {
    open(entrance.token());
    open(entrance.token());

    Rest.Answer refused = end("&expectedCount=1");

    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.code()).isEqualTo("count-differs");
    assertThat(entrance.sessions("live")).hasSize(2);
  }

  @Test
  void endWhenAsOfIsGivenThenLaterOnesStay() {
    Rest.Answer seen = open(entrance.token());
    Rest.Answer later = open(entrance.token());

    Rest.Answer ended = end("&expectedCount=1&asOf=" + seen.at("/startedAt"));

    assertThat(ended.at("/ended")).isEqualTo("1");
    assertThat(entrance.session()).isEqualTo(later.at("/id"));
  }

  @Test
  void endWhenAParameterIsWrongThenNamedAndNothingEnds() {
    open(entrance.token());

    assertThat(end("&asOf=yesterday").fields()).containsExactly("asOf");
    assertThat(end("&expectedCount=many").fields()).containsExactly("expectedCount");
    assertThat(entrance.sessions("live")).hasSize(1);
  }

  @Test
  void endWhenOperatorThenRefused() {
    open(entrance.token());

    Rest.Answer refused = rest.holding("r-operator").delete("app-sessions?app=" + entrance.name());

    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.at("/detail")).contains("app_session.revoke_many");
    assertThat(entrance.sessions("live")).hasSize(1);
  }
}
