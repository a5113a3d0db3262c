package dev.sallyport.connections.accounts;

import dev.sallyport.config.Settings;
import dev.sallyport.connections.accounts.ConnectionDetails.ConsentDetails;
import dev.sallyport.connections.accounts.ConnectionDetails.Owner;
import dev.sallyport.connections.accounts.ConnectionDetails.ServedApp;
import dev.sallyport.persistence.Condition;
import dev.sallyport.persistence.Cursor;
import dev.sallyport.persistence.Json;
import dev.sallyport.persistence.Page;
import dev.sallyport.persistence.Row;
import dev.sallyport.persistence.Slice;
import dev.sallyport.persistence.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;

/// Reads connections with what they serve and what was consented; never a token.
@ApplicationScoped
class ConnectionList {
  private static final TypeReference<List<ServedApp>> APPS = new TypeReference<>() {};
  private static final TypeReference<List<Agreed>> CONSENTS = new TypeReference<>() {};
  private static final TypeReference<List<String>> TEXTS = new TypeReference<>() {};
  private static final String ORDER = " order by g.connected_at desc, g.id ";
  private static final String BEHIND = "(g.connected_at < ? or (g.connected_at = ? and g.id > ?))";
  private static final String SELECT =
      """
      select g.id, g.issuer, g.subject, g.username, g.server, g.client_id, g.resource,
        array_to_json(g.scopes)::text as scopes_json, g.session_id,
        g.refresh_token is not null as renewable, g.expires_at, g.connected_at, g.refreshed_at,
        g.last_error, g.last_error_at, g.ended_at, g.ended_reason, g.ended_by,
        coalesce(g.revocation, case when g.revoke_at is not null then 'pending' end) as revoked,
      """
          + ConnectionStatus.SQL
          + """
          as status,
          coalesce((select json_agg(json_build_object('id', p.id, 'name', p.name) order by p.name)
            from connection_grant_app a join app p on p.id = a.app_id
            where a.grant_id = g.id), '[]')::text as apps,
          coalesce((select json_agg(json_build_object('id', c.id, 'client', c.agent_client,
              'appId', p.id, 'app', p.name, 'scopes', c.scopes, 'sessionId', c.session_id,
              'at', c.at) order by p.name, c.agent_client)
            from connection_grant_app a join app p on p.id = a.app_id
              join connection_consent c on c.app_id = a.app_id and c.issuer = g.issuer
                and c.subject = g.subject
            where a.grant_id = g.id
              and (g.session_id is null or c.session_id is not distinct from g.session_id)
          ), '[]')::text as consents
          from connection_grant g where \
          """;

  @Inject Sql sql;
  @Inject Clock clock;
  @Inject Settings settings;

  /// A consent with the app that it is for.
  record Agreed(
      String id,
      String client,
      String appId,
      String app,
      List<String> scopes,
      @Nullable String sessionId,
      Instant at) {
    ConsentDetails details() {
      return new ConsentDetails(id, client, app, scopes, sessionId, at);
    }
  }

  Page<ConnectionDetails> page(ConnectionFilter filter, @Nullable Cursor after, int limit) {
    Condition where = filter.seen(clock.instant());
    if (after != null) {
      Instant time = time(after.values().getFirst());
      where = where.and(BEHIND, time, time, after.values().getLast());
    }
    List<ConnectionDetails> found = query(filter, where, ORDER + "limit ?", limit + 1);
    return Page.of(found, limit, ConnectionList::cursor, count(filter));
  }

  private static String cursor(ConnectionDetails last) {
    return Cursor.of(last.connectedAt().toString(), last.id()).encode();
  }

  private static Instant time(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw Cursor.refusal();
    }
  }

  List<ConnectionDetails> slice(ConnectionFilter filter, Slice slice) {
    Condition where = filter.seen(clock.instant());
    return query(filter, where, ORDER + "limit ? offset ?", slice.limit(), slice.offset());
  }

  long count(ConnectionFilter filter) {
    Condition where = filter.seen(clock.instant());
    return sql.first(
            "select count(*) as n from connection_grant g where " + where.sql(),
            row -> row.number("n"),
            where.arguments().toArray())
        .orElse(0L);
  }

  /// The one with this id, if the filter lets it be seen.
  Optional<ConnectionDetails> find(ConnectionFilter filter, String id) {
    Condition where = filter.seen(clock.instant()).and("g.id = ?", id);
    return query(filter, where, "").stream().findFirst();
  }

  /// Whether the filter lets it be ended.
  boolean isEndable(ConnectionFilter filter, String id) {
    Condition where = filter.endable(clock.instant()).and("g.id = ?", id);
    return sql.first(
            "select g.id from connection_grant g where " + where.sql(),
            row -> row.text("id"),
            where.arguments().toArray())
        .isPresent();
  }

  private List<ConnectionDetails> query(
      ConnectionFilter filter, Condition where, String rest, Object... arguments) {
    List<Object> all = new ArrayList<>(List.of(clock.instant()));
    all.addAll(Arrays.asList(where.argumentsAnd(arguments)));
    return sql.query(SELECT + where.sql() + rest, row -> read(row, filter), all.toArray());
  }

  private ConnectionDetails read(Row row, ConnectionFilter filter) throws SQLException {
    Set<String> reach = filter.appIds();
    List<ServedApp> apps =
        Json.read(row.text("apps"), APPS).stream()
            .filter(app -> reach == null || reach.contains(app.id()))
            .toList();
    List<ConsentDetails> consents =
        Json.read(row.text("consents"), CONSENTS).stream()
            .filter(agreed -> reach == null || reach.contains(agreed.appId()))
            .map(Agreed::details)
            .toList();
    Instant connectedAt = row.instant("connected_at");
    Instant refreshedAt = row.instant("refreshed_at");
    return new ConnectionDetails(
        row.text("id"),
        row.text("status"),
        new Owner(row.text("issuer"), row.text("subject"), row.text("username")),
        row.text("server"),
        row.text("client_id"),
        row.text("resource"),
        Json.read(row.text("scopes_json"), TEXTS),
        row.textOrNull("session_id"),
        apps,
        consents,
        row.flag("renewable"),
        row.instantOrNull("expires_at"),
        connectedAt,
        refreshedAt.isAfter(connectedAt) ? refreshedAt : null,
        row.textOrNull("last_error"),
        row.instantOrNull("last_error_at"),
        row.instantOrNull("ended_at"),
        row.textOrNull("ended_reason"),
        row.textOrNull("ended_by"),
        row.textOrNull("revoked"),
        reconnectUrl(row.textOrNull("session_id"), apps));
  }

  // Sessions that connect for themselves get their link from the call that needs it.
  private @Nullable String reconnectUrl(@Nullable String sessionId, List<ServedApp> apps) {
    return sessionId != null || apps.isEmpty()
        ? null
        : settings.publicBase() + "/oauth/connect/start?app=" + apps.getFirst().id();
  }
}
