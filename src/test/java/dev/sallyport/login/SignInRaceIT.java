package dev.sallyport.login;

import static dev.sallyport.testing.HttpBrowser.location;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.persistence.Sql;
import dev.sallyport.persistence.SqlFixture;
import dev.sallyport.testing.Await;
import dev.sallyport.testing.Rest;
import dev.sallyport.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/// What an admin takes away while somebody signs in with it. A transaction of the test holds the
/// sign-in up in the middle.
class SignInRaceIT extends OidcSignIn {
  private static final String WAITS =
      "select pid from pg_stat_activity where pg_blocking_pids(pid) @> ";

  private Connection transaction() throws SQLException {
    Connection connection = TestDatabase.connect(server);
    connection.setAutoCommit(false);
    return connection;
  }

  /// The process that waits for this one.
  private static long awaitBehind(Sql sql, long pid) {
    long[] found = {0};
    Await.until(
        "somebody waits for process " + pid,
        () -> {
          sql.first(WAITS + "array[?::int]", row -> row.number("pid"), pid)
              .ifPresent(waiting -> found[0] = waiting);
          return found[0] != 0;
        });
    return found[0];
  }

  private static long own(Sql sql) {
    return sql.first("select pg_backend_pid() as pid", row -> row.number("pid")).orElseThrow();
  }

  private CompletableFuture<String> signInMeanwhile() {
    return CompletableFuture.supplyAsync(() -> location(signIn()));
  }

  /// Deletes by REST; comes back when it is done or waits for the sign-in.
  private CompletableFuture<Rest.Answer> deleteMeanwhile(String path, Sql sql, long signIn) {
    String tag = path.contains("providers/") ? rest.get(path).etag() : "";
    CompletableFuture<Rest.Answer> deletion =
        CompletableFuture.supplyAsync(
            () -> tag.isEmpty() ? rest.delete(path) : rest.delete(path, tag));
    Await.until(
        "the deletion is done or waits",
        () ->
            deletion.isDone()
                || sql.first(WAITS + "array[?::int]", row -> row.number("pid"), signIn)
                    .isPresent());
    return deletion;
  }

  private String mapping() {
    return rest.get("auth/oidc/group-mappings?providerId=" + provider).at("/items/0/id");
  }

  @Test
  void mappingWhenTakenAwayWhileSomebodySignsInWithItThenTheyDoNotKeepItsRole()
      throws SQLException {
    map("eng", "r-viewer");
    signIn();
    String user = me().at("/id").asString();
    idp.claim("groups", List.of("eng"));
    CompletableFuture<String> signIn;
    CompletableFuture<Rest.Answer> deletion;
    try (Connection transaction = transaction()) {
      Sql sql = SqlFixture.over(transaction);
      // The sign-in writes this row after it has given the roles.
      sql.query("select * from recent_sign_in where user_id = ? for update", row -> 0, user);
      signIn = signInMeanwhile();
      long waiting = awaitBehind(sql, own(sql));
      deletion = deleteMeanwhile("auth/oidc/group-mappings/" + mapping(), sql, waiting);
    }
    assertThat(signIn.join()).isEqualTo("/");
    assertThat(deletion.join().status()).isEqualTo(204);
    assertThat(me().at("/assignments").isEmpty()).isTrue();
  }

  @Test
  void mappingWhenBeingTakenAwayThenASignInWaitsAndDoesNotGetItsRole() throws SQLException {
    map("eng", "r-viewer");
    idp.claim("groups", List.of("eng"));
    CompletableFuture<String> signIn;
    try (Connection transaction = transaction()) {
      Sql sql = SqlFixture.over(transaction);
      sql.update("delete from oidc_group_mapping where id = ?", mapping());
      signIn = signInMeanwhile();
      awaitBehind(sql, own(sql));
      transaction.commit();
    }
    assertThat(signIn.join()).isEqualTo("/");
    assertThat(me().at("/assignments").isEmpty()).isTrue();
  }

  @Test
  void providerWhenDeletedWhileTheFirstPersonSignsInThenThatPersonCounts() throws SQLException {
    map("eng", "r-viewer");
    idp.claim("groups", List.of("eng"));
    CompletableFuture<String> signIn;
    CompletableFuture<Rest.Answer> deletion;
    try (Connection transaction = transaction()) {
      Sql sql = SqlFixture.over(transaction);
      sql.query("select * from oidc_group_mapping where id = ? for update", row -> 0, mapping());
      signIn = signInMeanwhile();
      long waiting = awaitBehind(sql, own(sql));
      deletion = deleteMeanwhile("auth/oidc/providers/" + provider, sql, waiting);
    }
    assertThat(signIn.join()).isEqualTo("/");
    assertThat(deletion.join().code()).isEqualTo("provider-in-use");
    assertThat(me().at("/assignments/0/role").asString()).isEqualTo("r-viewer");
  }

  @Test
  void providerWhenBeingDeletedThenASignInWaitsAndIsRefused() throws SQLException {
    CompletableFuture<String> signIn;
    try (Connection transaction = transaction()) {
      Sql sql = SqlFixture.over(transaction);
      sql.update("delete from oidc_provider where id = ?", provider);
      signIn = signInMeanwhile();
      awaitBehind(sql, own(sql));
      transaction.commit();
    }
    assertThat(signIn.join()).isEqualTo("/auth/sign-in?reason=sign-in-provider-changed");
    assertThat(rest.get("auth/users?text=" + idp.subject()).at("/total")).isEqualTo("0");
  }

  /// A sign-in that may make an admin takes the two locks in this order.
  @Test
  void mappingWhenTakenAwayThenTheLockOfAdminsComesFirst() throws SQLException {
    map("eng", "r-viewer");
    String mapping = mapping();
    CompletableFuture<Rest.Answer> deletion;
    try (Connection transaction = transaction()) {
      Sql sql = SqlFixture.over(transaction);
      sql.lock("admins");
      deletion =
          CompletableFuture.supplyAsync(() -> rest.delete("auth/oidc/group-mappings/" + mapping));
      awaitBehind(sql, own(sql));
      assertThat(
              sql.query(
                  "select id from oidc_group_mapping where id = ? for update nowait",
                  row -> row.text("id"),
                  mapping))
          .containsExactly(mapping);
    }
    assertThat(deletion.join().status()).isEqualTo(204);
  }
}
