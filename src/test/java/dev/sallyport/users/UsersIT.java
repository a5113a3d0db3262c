package dev.sallyport.users;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.testing.Entrance;
import dev.sallyport.testing.GatewayClient;
import dev.sallyport.testing.OpenStream;
import dev.sallyport.testing.Rest;
import dev.sallyport.testing.RunningServer;
import dev.sallyport.testing.TestToken;
import dev.sallyport.testing.Unique;
import dev.sallyport.testing.demo.DumperApp;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// `/auth/users`.
@ExtendWith(RunningServer.Extension.class)
class UsersIT {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final GatewayClient client = new GatewayClient();
  private final DumperApp upstream = DumperApp.start(0);
  private Entrance entrance;
  private String provider;
  private TestUser user;

  @BeforeEach
  void open(RunningServer server) {
    entrance = Entrance.to(server, upstream.url() + "/");
    provider = Unique.name("prv");
    user = TestUser.named(entrance, Unique.name("Alice"), provider);
  }

  @AfterEach
  void close() {
    client.close();
    upstream.close();
  }

  private Rest rest() {
    return entrance.rest();
  }

  private TestToken token() {
    return entrance.token().with("sub", user.subject());
  }

  private int call(TestToken token) {
    return client.get(entrance.url() + "/x", token.signed()).statusCode();
  }

  private Rest.Answer deactivate(Rest caller) {
    return caller.post("auth/users/" + user.id() + "/deactivate", "");
  }

  private Rest.Answer reactivate(Rest caller) {
    return caller.post("auth/users/" + user.id() + "/reactivate", "");
  }

  private List<String> found(String query) {
    return rest().get("auth/users?" + query).json().get("items").findValuesAsString("id");
  }

  @Test
  void listThenFindsByPartsOfNameMailAndSubjectInAnyCase() {
    String part = user.name().substring(3);

    assertThat(found("text=" + part)).containsExactly(user.id());
    assertThat(found("text=" + part.toUpperCase(java.util.Locale.ROOT))).containsExactly(user.id());
    assertThat(found("text=" + user.name() + "@example")).containsExactly(user.id());
    assertThat(found("text=" + user.subject())).containsExactly(user.id());
    assertThat(found("text=%25" + part)).isEmpty();
  }

  @Test
  void listThenInPagesByNameAndNarrowedByProvider() {
    TestUser bob = TestUser.named(entrance, "bob " + Unique.name("x"), provider);
    TestUser carol = TestUser.named(entrance, "Carol " + Unique.name("x"), provider);

    Rest.Answer page = rest().get("auth/users?limit=2&provider=" + provider);

    assertThat(page.json().get("items").findValuesAsString("id"))
        .containsExactly(user.id(), bob.id());
    assertThat(page.at("/total")).isEqualTo("3");
    assertThat(found("limit=2&provider=" + provider + "&after=" + page.at("/next")))
        .containsExactly(carol.id());
  }

  @Test
  void listWhenParametersAreWrongThen400() {
    assertThat(rest().get("auth/users?state=gone").fields()).containsExactly("state");
    assertThat(rest().get("auth/users?limit=201").fields()).containsExactly("limit");
    assertThat(rest().get("auth/users?after=x").fields()).containsExactly("after");
    assertThat(rest().get("auth/users?text=%00").fields()).containsExactly("text");
  }

  @Test
  void getThenTellsWhoItIsAndWhichRolesItHas() {
    user.assign("r-viewer");

    Rest.Answer answer = rest().get("auth/users/" + user.id());

    assertThat(answer.at("/displayName")).isEqualTo(user.name());
    assertThat(answer.at("/subject")).isEqualTo(user.subject());
    assertThat(answer.at("/issuer")).isEqualTo(entrance.issuer().iss());
    assertThat(answer.at("/groups/0")).isEqualTo("staff");
    assertThat(answer.at("/roles/0")).isEqualTo("r-viewer");
    assertThat(answer.json().get("deactivatedAt").isNull()).isTrue();
    assertThat(rest().get("auth/users/usr_unknown").status()).isEqualTo(404);
  }

  @Test
  void deactivateWhenAStreamIsOpenThenCutAndNothingOfTheirsIsLetIn() {
    OpenStream stream =
        OpenStream.of(client.stream(entrance.url() + "/sse-quiet", token().signed()));
    upstream.awaitOpenStreams(1, PATIENCE);

    Rest.Answer answer = deactivate(rest());

    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(answer.json().get("deactivatedAt").isNull()).isFalse();
    assertThat(answer.at("/deactivatedBy")).isNotEmpty();
    stream.awaitCut(PATIENCE);
    assertThat(client.get(entrance.url() + "/x", token().signed()).body())
        .as("a new sign-in")
        .contains("\"code\":\"token-blocked\"");
    assertThat(found("state=deactivated&provider=" + provider)).containsExactly(user.id());
    assertThat(found("state=active&provider=" + provider)).isEmpty();
  }

  @Test
  void deactivateThenOthersAreLetInStill() {
    deactivate(rest());
    assertThat(call(entrance.token())).isEqualTo(200);
  }

  @Test
  void reactivateThenLetInAgain() {
    deactivate(rest());
    assertThat(call(token())).isEqualTo(401);

    Rest.Answer answer = reactivate(rest());

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().get("deactivatedAt").isNull()).isTrue();
    assertThat(call(token())).isEqualTo(200);
  }

  @Test
  void repeatedThenSaysTheSame() {
    String first = deactivate(rest()).text();
    assertThat(deactivate(rest()).text()).isEqualTo(first);
    String active = reactivate(rest()).text();
    assertThat(reactivate(rest()).text()).isEqualTo(active);
    assertThat(rest().post("auth/users/usr_unknown/deactivate", "").status()).isEqualTo(404);
    assertThat(rest().post("auth/users/usr_unknown/reactivate", "").status()).isEqualTo(404);
  }

  @Test
  void liftWhenTheBlockIsOfADeactivationThenReactivationIsTheWay() {
    deactivate(rest());
    String block = rest().get("blocks?subject=" + user.subject()).at("/items/0/id");

    Rest.Answer answer = rest().delete("blocks/" + block);

    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.code()).isEqualTo("block-of-deactivation");
    assertThat(call(token())).isEqualTo(401);
  }

  @Test
  void reactivateThenOtherBlocksStay() {
    var wanted = java.util.Map.of("issuer", entrance.issuer().iss(), "subject", user.subject());
    rest().post("blocks", wanted);
    deactivate(rest());
    reactivate(rest());

    assertThat(call(token())).isEqualTo(401);
  }

  @Test
  void deactivateWhenNotPermittedThen403() {
    assertThat(deactivate(rest().holding("r-operator")).status()).isEqualTo(403);
    assertThat(rest().holding("r-viewer").get("auth/users").status()).isEqualTo(403);
    assertThat(call(token())).isEqualTo(200);
  }

  @Test
  void deactivateWhenTheUserHoldsMoreThenRefused() {
    user.assign("r-admin");
    Rest limited = new LimitedAdmin(rest()).caller();

    Rest.Answer answer = deactivate(limited);

    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.code()).isEqualTo("confers-more");
    assertThat(call(token())).isEqualTo(200);
  }

  @Test
  void reactivateWhenTheUserHoldsMoreThenRefused() {
    user.assign("r-admin");
    deactivate(rest());

    assertThat(reactivate(new LimitedAdmin(rest()).caller()).code()).isEqualTo("confers-more");
    assertThat(call(token())).isEqualTo(401);
  }

  @Test
  void deactivateWhenTheUserHoldsNoMoreThenAllowed() {
    user.assign("r-auditor");
    Rest limited = new LimitedAdmin(rest()).caller();

    assertThat(deactivate(limited).code()).isEqualTo("confers-more");
    user.update("delete from assignment where actor_id = ?", user.id());
    assertThat(deactivate(limited).status()).isEqualTo(200);
    assertThat(reactivate(limited).status()).isEqualTo(200);
  }

  @Test
  void deactivateThenAuditedWithWhatEnded() {
    call(token());
    deactivate(rest());
    reactivate(rest());

    Rest.Answer ended = rest().get("audit?event=user.deactivated&resource=" + user.id());
    Rest.Answer again = rest().get("audit?event=user.reactivated&resource=" + user.id());

    assertThat(ended.at("/items/0/details/appSessions")).isEqualTo("1");
    assertThat(again.at("/items/0/resource/id")).isEqualTo(user.id());
  }
}
