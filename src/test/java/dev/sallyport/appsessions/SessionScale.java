package dev.sallyport.appsessions;

import dev.sallyport.persistence.Cursor;
import dev.sallyport.persistence.TestTransactions;
import dev.sallyport.testing.Rest;
import dev.sallyport.testing.RunningServer;
import dev.sallyport.testing.TestDatabase;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/// What lists, ends and sweeps of sessions take when there are very many; started by
/// `bench/sessions`. Lists are measured in the server's own classes, with totals kept as the server
/// keeps them; what counting anew takes is a row of its own.
public final class SessionScale implements AutoCloseable {
  private static final int SAMPLES = 40;
  private static final int WARM_UP = 10;
  private static final int BATCHES = 12;
  private static final int BATCH = 1_000;

  private final RunningServer server;
  private final Connection connection;
  private final ScaleData data;
  private final TestTransactions transactions;
  private final List<String> rows = new ArrayList<>();

  private SessionScale(RunningServer server) throws Exception {
    this.server = server;
    this.connection = TestDatabase.own(server);
    this.data = new ScaleData(connection);
    this.transactions = new TestTransactions(server);
  }

  /// With the numbers of all and of live sessions, and of the burst.
  public static void main(String[] arguments) throws Exception {
    int[] sizes = Arrays.stream(arguments).mapToInt(Integer::parseInt).toArray();
    try (RunningServer server = RunningServer.find();
        SessionScale scale = new SessionScale(server)) {
      scale.run(sizes[0], sizes[1], sizes[2]);
    }
  }

  private void run(int all, int live, int burst) throws Exception {
    System.err.printf("Writing %d sessions, %d of them live ...%n", all, live);
    int ended = live / 2;
    data.history(all - live - ended);
    data.ended(ended);
    data.live(live);
    data.settle();
    lists("settled", live, "");
    data.stopAutovacuum();
    data.burst(burst);
    lists("after the burst", live, "-burst");
    data.batches(2 * BATCHES, BATCH);
    endMany();
    sweep();
    System.out.printf(
        "| %d sessions, %d live, a burst of %d | p50 ms | p99 ms |%n", all, live, burst);
    System.out.println("|---|---:|---:|");
    rows.forEach(System.out::println);
  }

  private void lists(String when, int live, String suffix) throws Exception {
    list(when + ": first page", i -> filter(null, null, null, null, null, null), null);
    list(when + ": ended and live, first page", i -> everything(null), null);
    list(when + ": by app", i -> filter(app(i, suffix), null, null, null, null, null), null);
    list(
        when + ": by config",
        i ->
            filter(
                null,
                suffix.isEmpty() ? "config-" + i % 10 : "config-burst",
                null,
                null,
                null,
                null),
        null);
    list(when + ": by one user", i -> filter(null, null, user(i, suffix), null, null, null), null);
    list(
        when + ": by the beginning of many users",
        i ->
            filter(
                null,
                null,
                suffix.isEmpty() ? "person-" + i % 10 : "burst-" + i % 10,
                null,
                null,
                null),
        null);
    list(when + ": by issuer", i -> filter(null, null, null, issuer(i, suffix), null, null), null);
    list(
        when + ": by person",
        i ->
            filter(null, null, null, issuer(i, suffix), (suffix.isEmpty() ? "u-" : "b-") + i, null),
        null);
    list(
        when + ": by subject alone",
        i -> filter(null, null, null, null, (suffix.isEmpty() ? "u-" : "b-") + i, null),
        null);
    list(
        when + ": by client",
        i ->
            filter(
                null,
                null,
                null,
                null,
                null,
                suffix.isEmpty() ? "client-" + i % 20 : "client-burst"),
        null);
    list(
        when + ": by app and client that never meet",
        i -> filter("app-" + i % 50, null, null, null, null, "client-" + (i + 1) % 20),
        null);
    nothing(when);
    count(when + ": counting all live ones anew");
    String deep = cursor(live / 2);
    list(when + ": deep page", i -> filter(null, null, null, null, null, null), deep);
    list(when + ": deep page by app", i -> filter(app(i, ""), null, null, null, null, null), deep);
  }

  private void nothing(String when) throws Exception {
    list(when + ": app without hit", i -> filter("none-" + i, null, null, null, null, null), null);
    list(when + ": user without hit", i -> filter(null, null, "none-" + i, null, null, null), null);
    list(
        when + ": subject without hit",
        i -> filter(null, null, null, null, "none-" + i, null),
        null);
    list(
        when + ": client without hit",
        i -> filter(null, null, null, null, null, "none-" + i),
        null);
    list(
        when + ": issuer without hit",
        i -> filter(null, null, null, "none-" + i, null, null),
        null);
    list(
        when + ": config without hit",
        i -> filter(null, "none-" + i, null, null, null, null),
        null);
    list(when + ": user without hit, ended and live", i -> everything("none-" + i), null);
  }

  private static String app(int i, String suffix) {
    return suffix.isEmpty() ? "app-" + i % 50 : "app-burst";
  }

  private static String user(int i, String suffix) {
    return (suffix.isEmpty() ? "person-" : "burst-") + (1_000 + i) + "@example.com";
  }

  private static String issuer(int i, String suffix) {
    return suffix.isEmpty() ? "https://idp-" + i % 4 + ".example" : "https://idp-burst.example";
  }

  private static SessionFilter filter(
      String app, String config, String user, String issuer, String subject, String client) {
    return new SessionFilter(app, config, user, issuer, subject, client, SessionFilter.State.LIVE);
  }

  private static SessionFilter everything(String user) {
    return new SessionFilter(null, null, user, null, null, null, SessionFilter.State.ALL);
  }

  private String cursor(int position) throws Exception {
    try (var statement = connection.createStatement();
        var row =
            statement.executeQuery(
                "select started_at, id from app_session where ended_at is null"
                    + " order by started_at desc, id limit 1 offset "
                    + position)) {
      row.next();
      Instant started = row.getObject(1, java.time.OffsetDateTime.class).toInstant();
      return Cursor.of(started.toString(), row.getString(2)).encode();
    }
  }

  private void list(String name, IntFunction<SessionFilter> filter, String cursor)
      throws Exception {
    SessionList list = new SessionList();
    list.sql = transactions.sql();
    measure(
        name,
        i ->
            () ->
                list.page(
                    filter.apply(i), SessionSort.newestFirst(), Cursor.decode(cursor, 2), 50));
  }

  private void count(String name) throws Exception {
    measure(
        name,
        i -> {
          SessionList list = new SessionList();
          list.sql = transactions.sql();
          return () -> list.count(SessionFilter.live());
        });
  }

  private void measure(String name, IntFunction<Callable<?>> work) {
    double[] times = new double[SAMPLES];
    // One connection for all, as one of the server's pool would have it.
    var _ =
        transactions.requiresNew(
            () -> {
              for (int i = -WARM_UP; i < SAMPLES; i++) {
                Callable<?> call = work.apply(i + WARM_UP);
                long start = System.nanoTime();
                var _ = called(call);
                if (i >= 0) {
                  times[i] = (System.nanoTime() - start) / 1e6;
                }
              }
              return times;
            });
    row(name, times);
  }

  private static Object called(Callable<?> call) {
    try {
      return call.call();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private void row(String name, double[] times) {
    Arrays.sort(times);
    String row =
        "| %s | %.1f | %.1f |"
            .formatted(name, times[times.length / 2], times[(int) (times.length * 0.99)]);
    System.err.println(row);
    rows.add(row);
  }

  /// By REST, from the request to the answer.
  private void endMany() {
    Rest rest = Rest.admin(server);
    double[] times =
        IntStream.range(0, BATCHES)
            .mapToDouble(
                batch -> {
                  String client =
                      URLEncoder.encode("client-batch-" + batch, StandardCharsets.UTF_8);
                  long start = System.nanoTime();
                  Rest.Answer answer = rest.delete("app-sessions?client=" + client);
                  double took = (System.nanoTime() - start) / 1e6;
                  if (!answer.at("/ended").equals(String.valueOf(BATCH))) {
                    throw new IllegalStateException(answer.text());
                  }
                  return took;
                })
            .toArray();
    row("1,000 ended by filter, over REST", times);
  }

  private void sweep() throws Exception {
    ActivityStore store = new ActivityStore();
    store.sql = transactions.sql();
    measure("sweep, nothing to end", i -> () -> store.endOverdue(Instant.now(), 10_000));
    double[] times = new double[BATCHES];
    for (int batch = 0; batch < BATCHES; batch++) {
      data.expire(BATCHES + batch);
      long start = System.nanoTime();
      int ended = transactions.requiresNew(() -> store.endOverdue(Instant.now(), 10_000).size());
      times[batch] = (System.nanoTime() - start) / 1e6;
      System.err.printf("swept %d%n", ended);
    }
    row("sweep that ends 1,000", times);
  }

  @Override
  public void close() throws Exception {
    connection.close();
  }
}
