package dev.sallyport.logout;

import static dev.sallyport.logout.SignedInPerson.isIn;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.persistence.Sql;
import dev.sallyport.persistence.SqlFailedException;
import dev.sallyport.persistence.SqlFixture;
import dev.sallyport.testing.Await;
import dev.sallyport.testing.HttpBrowser;
import dev.sallyport.testing.RunningServer;
import dev.sallyport.testing.TestDatabase;
import dev.sallyport.testing.TestToken;
import dev.sallyport.testing.Unique;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// A sign-out that comes while something of the same sign-in begins. Transactions of the test stand
/// for the half that is under way.
@ExtendWith(RunningServer.Extension.class)
class LogoutRaceIT {
  private static final long OPENINGS = 7_255_592;
  private static final String ENDED = "/auth/sign-in?reason=sign-in-ended";

  private final String sid = Unique.name("sid");
  private RunningServer server;
  private SignedInPerson person;
  private HttpBrowser browser;

  @BeforeEach
  void open(RunningServer running) {
    server = running;
    person = new SignedInPerson(running, "person");
    browser = new HttpBrowser(running);
  }

  @AfterEach
  void close() {
    browser.close();
    person.close();
  }

  private String signInsLock() {
    return "sign-ins:" + person.idp().issuer();
  }

  private Connection begin() throws SQLException {
    Connection connection = TestDatabase.connect(server);
    connection.setAutoCommit(false);
    return connection;
  }

  /// Waits until somebody waits for the lock of this number.
  private static void awaitWaiting(Sql sql, long lock) {
    Await.until(
        "somebody waits for " + lock,
        () ->
            sql.first(
                    """
                    select pid from pg_locks where locktype = 'advisory' and not granted
                      and ((classid::bigint << 32) | objid::bigint) = ?
                    """,
                    row -> row.number("pid"),
                    lock)
                .isPresent());
  }

  private static long numberOf(Sql sql, String lock) {
    return sql.first("select hashtextextended(?, 0) as n", row -> row.number("n"), lock)
        .orElseThrow();
  }

  @Test
  void logoutWhenTheCodeIsBeingExchangedThenTheSignInIsRefusedAndTheNextOneEnters() {
    person.browser(Unique.name("sid"));
    var status = new AtomicReference<>(0);
    person
        .idp()
        .idToken(
            token -> {
              String theirs = String.valueOf(token.claim("sid"));
              status.set(person.send(person.logout(theirs)).statusCode());
              return token.signed();
            });

    assertThat(HttpBrowser.location(person.signIn(browser))).isEqualTo(ENDED);
    assertThat(status.get()).isEqualTo(200);
    assertThat(isIn(browser)).isFalse();

    person.idp().idToken(TestToken::signed);
    assertThat(HttpBrowser.location(person.signIn(browser))).isEqualTo("/");
    assertThat(isIn(browser)).isTrue();
  }

  /// The provider's session may well go on: it told the logout of one client only.
  @Test
  void signInWhenBegunAfterTheLogoutOfItsSidThenEnters() {
    person.idp().idToken(token -> token.with("sid", sid).signed());
    person.end(person.logout(sid));

    assertThat(HttpBrowser.location(person.signIn(browser))).isEqualTo("/");
  }

  @Test
  void signInWhenThePersonIsLoggedOutMeanwhileThenRefusedUnlessTheySignedInAfterwards() {
    long before = Instant.now().getEpochSecond() - 60;
    long later = Instant.now().getEpochSecond() + 5;
    assertThat(loggedOutMeanwhile(token -> token.with("auth_time", before))).isEqualTo(ENDED);
    assertThat(loggedOutMeanwhile(token -> token.with("iat", later))).isEqualTo(ENDED);
    assertThat(loggedOutMeanwhile(token -> token.with("auth_time", later))).isEqualTo("/");

    person.idp().idToken(token -> token.with("auth_time", before).signed());
    assertThat(HttpBrowser.location(person.signIn(browser))).isEqualTo("/");
  }

  private String loggedOutMeanwhile(UnaryOperator<TestToken> change) {
    person
        .idp()
        .idToken(
            token -> {
              person.end(person.logout(null));
              return change.apply(token.without("sid")).signed();
            });
    return HttpBrowser.location(person.signIn(browser));
  }

  @Test
  void signInWhenALogoutIsBeingDoneThenWaitsForIt() throws SQLException {
    person.idp().idToken(token -> token.with("sid", sid).signed());
    CompletableFuture<String> signIn;
    try (Connection transaction = begin()) {
      Sql logout = SqlFixture.over(transaction);
      logout.lock(signInsLock());
      signIn = CompletableFuture.supplyAsync(() -> HttpBrowser.location(person.signIn(browser)));
      awaitWaiting(logout, numberOf(logout, signInsLock()));
      logout.update(
          """
          insert into block (id, issuer, no_client, sid, no_sid, revoked_at, reason, created_by)
          values (?, ?, false, ?, false, clock_timestamp(), 'logged-out', 'a test')
          """,
          Unique.name("blk"),
          person.idp().issuer(),
          sid);
      transaction.commit();
    }
    assertThat(signIn.join()).isEqualTo(ENDED);
  }

  @Test
  void logoutWhenASignInIsBeingStoredThenWaitsForItAndEndsIt() throws SQLException {
    HttpBrowser earlier = person.browser(Unique.name("sid"));
    CompletableFuture<Integer> logout;
    try (Connection transaction = begin()) {
      Sql signIn = SqlFixture.over(transaction);
      signIn.lockShared(signInsLock());
      signIn.update("update console_session set sid = ? where id = ?", sid, sessionOf(earlier));
      logout =
          CompletableFuture.supplyAsync(
              () -> person.send(person.logout(sid).without("sub")).statusCode());
      awaitWaiting(signIn, numberOf(signIn, signInsLock()));
      transaction.commit();
    }
    assertThat(logout.join()).isEqualTo(200);
    assertThat(isIn(earlier)).isFalse();
  }

  private static String sessionOf(HttpBrowser browser) {
    return browser.cookies().get("sallyport_session").split("\\.")[1];
  }

  @Test
  void logoutWhenAnAppIsBeingOpenedThenThePersonIsKnownByIt() throws SQLException {
    HttpBrowser other = person.browser(Unique.name("sid"));
    person.agent(Unique.name("sid"));
    CompletableFuture<Integer> logout;
    try (Connection transaction = begin()) {
      Sql opening = SqlFixture.over(transaction);
      opening.query("select pg_advisory_xact_lock_shared(?)::text", row -> 0, OPENINGS);
      opening.update(
          """
          insert into app_session select (jsonb_populate_record(s,
            jsonb_build_object('id', ?::text, 'sid', ?::text))).*
          from app_session s where s.id = ?
          """,
          Unique.name("aas"),
          sid,
          person.entrance().session());
      logout =
          CompletableFuture.supplyAsync(
              () -> person.send(person.logout(sid).without("sub")).statusCode());
      awaitWaiting(opening, OPENINGS);
      transaction.commit();
    }
    assertThat(logout.join()).isEqualTo(200);
    assertThat(isIn(other)).isFalse();
    assertThat(person.entrance().sessions("live")).isEmpty();
  }

  /// The database ends one of two that wait for each other: the one that began to wait first, if
  /// the other was not slow to come.
  @Test
  void logoutWhenItMeetsAnotherInACircleThenDoneAllTheSame() throws SQLException {
    int tries = 1;
    while (!isTheOneThatIsEnded(Unique.name("circle"))) {
      assertThat(++tries).as("tries that ended the other one").isLessThan(6);
    }
  }

  private boolean isTheOneThatIsEnded(String sid) throws SQLException {
    boolean isEnded = true;
    HttpBrowser signedIn = person.browser(sid);
    CompletableFuture<Integer> logout = CompletableFuture.completedFuture(0);
    try (Connection transaction = begin()) {
      Sql other = SqlFixture.over(transaction);
      other.query(
          "select id from console_session where id = ? for update", row -> 0, sessionOf(signedIn));
      logout = CompletableFuture.supplyAsync(() -> person.send(person.logout(sid)).statusCode());
      Await.until("the logout waits", () -> isWaitedFor(other));
      other.lockShared(signInsLock());
      assertThat(logout.isDone()).isFalse();
    } catch (SqlFailedException e) {
      assertThat(SqlFailedException.isDeadlock(e)).isTrue();
      isEnded = false;
    }
    assertThat(logout.join()).isEqualTo(200);
    assertThat(isIn(signedIn)).isFalse();
    return isEnded;
  }

  private static boolean isWaitedFor(Sql transaction) {
    return transaction
        .first(
            "select pid from pg_stat_activity where pg_blocking_pids(pid) @> array[pg_backend_pid()]",
            row -> row.number("pid"))
        .isPresent();
  }
}
