package dev.sallyport.appsessions;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/// Very many sessions, written as the server would have written them one by one. Live ones are
/// spread over 50 apps, 20 clients, 10 configs, 4 issuers and half as many people as sessions.
final class ScaleData {
  private static final String COLUMNS =
      """
      insert into %s (id, app_id, app_name, config_id, config_name, issuer, subject, username,
        client, sid, address, basis_at, started_at, absolute_end, idle_seconds, expires_at,
        last_seen_at, look_at, ended_at, ended_reason, ended_by)
      """;

  // %1$s is the prefix of ids and sign-ins, %2$s when it started, %3$s when it ended.
  private static final String ROWS =
      """
      select '%1$s' || md5('%1$s' || i), 'app_' || i %% 50, 'app-' || i %% 50,
        'aac_' || i %% 10, 'config-' || i %% 10, 'https://idp-' || i %% 4 || '.example',
        'u-' || i / 2, 'person-' || i / 2 || '@example.com', 'client-' || i %% 20,
        '%1$s-sid-' || i, '192.0.2.1', %2$s, %2$s, %2$s + interval '12 hours', 43200,
        %2$s + interval '12 hours', %2$s, %2$s + interval '12 hours', %3$s,
        case when %3$s is null then null else 'expired' end,
        case when %3$s is null then null else 'system' end
      """;

  private final Connection connection;

  ScaleData(Connection connection) {
    this.connection = connection;
  }

  private void run(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /// Ended sessions of the past year, in their months.
  void history(int count) throws SQLException {
    String started =
        "now() - interval '2 days' - interval '360 days' * (i::float8 / " + count + ")";
    run(
        "select app_session_month(now() - make_interval(days => 30 * m)) from generate_series(0, 13) m");
    fill("app_session_ended", "old", started, started + " + interval '1 hour'", 0, count);
  }

  /// Sessions that ended a moment ago and still lie among the live ones.
  void ended(int count) throws SQLException {
    String started = "now() - interval '1 hour' * (i::float8 / " + count + ")";
    fill("app_session", "over", started, "now()", 0, count);
  }

  void live(int count) throws SQLException {
    fill(
        "app_session",
        "live",
        "now() - interval '50 minutes' * (i::float8 / " + count + ")",
        "cast(null as timestamptz)",
        0,
        count);
  }

  /// Openings of a moment, of an app and people that no statistics have seen; then used once, so
  /// that each has left an old row version behind.
  void burst(int count) throws SQLException {
    for (int from = 0; from < count; from += 1_000) {
      run(
          COLUMNS.formatted("app_session")
              + ROWS.formatted("new", "now()", "cast(null as timestamptz)")
                  .replace("'app-' || i % 50", "'app-burst'")
                  .replace("'client-' || i % 20", "'client-burst'")
                  .replace("'config-' || i % 10", "'config-burst'")
                  .replace("'https://idp-' || i % 4 || '.example'", "'https://idp-burst.example'")
                  .replace("'person-'", "'burst-'")
                  .replace("'u-'", "'b-'")
              + series(from, from + 1_000));
    }
    run(
        "update app_session set last_seen_at = now(), calls = calls + 1 where app_name = 'app-burst'");
  }

  /// Live sessions of one client each, to be ended together.
  void batches(int batches, int size) throws SQLException {
    for (int batch = 0; batch < batches; batch++) {
      run(
          COLUMNS.formatted("app_session")
              + ROWS.formatted("batch" + batch, "now()", "cast(null as timestamptz)")
                  .replace("'client-' || i % 20", "'client-batch-" + batch + "'")
              + series(0, size));
    }
  }

  private void fill(String table, String prefix, String started, String ended, int from, int count)
      throws SQLException {
    int step = 100_000;
    for (int i = from; i < from + count; i += step) {
      run(
          COLUMNS.formatted(table)
              + ROWS.formatted(prefix, started, ended)
              + series(i, Math.min(i + step, from + count)));
    }
  }

  private static String series(int from, int end) {
    return " from generate_series(" + from + ", " + (end - 1) + ") i";
  }

  /// What autovacuum does by itself within minutes.
  void settle() throws SQLException {
    run("vacuum analyze app_session");
    run("vacuum analyze app_session_ended");
  }

  void stopAutovacuum() throws SQLException {
    run("alter table app_session set (autovacuum_enabled = off)");
  }

  /// Makes so many sessions overdue.
  void expire(int batch) throws SQLException {
    run(
        "update app_session set expires_at = now() - interval '1 second', look_at = now() where client = 'client-batch-"
            + batch
            + "'");
  }
}
