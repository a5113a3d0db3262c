package dev.sallyport.consolesessions;

import dev.sallyport.authz.Actor;
import dev.sallyport.config.Settings;
import dev.sallyport.persistence.Cursor;
import dev.sallyport.persistence.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads live sessions, the latest first.
@ApplicationScoped
class SessionList {
  @Inject Sql sql;
  @Inject Clock clock;
  @Inject Settings settings;
  @Inject SessionUse use;

  /// Whose sessions: everybody's, one's own, or those of whoever a text finds.
  sealed interface Whose {
    record Everybody() implements Whose {}

    record Own(Actor actor) implements Whose {}

    /// `text` is an id, or a part of a name.
    record Found(String text) implements Whose {}
  }

  long count(Whose whose) {
    List<Object> arguments = new ArrayList<>();
    String where = live(whose, arguments);
    return sql.first(
            "select count(*) as n from console_session where " + where,
            row -> row.number("n"),
            arguments.toArray())
        .orElseThrow();
  }

  List<SessionRow> list(Whose whose, @Nullable Cursor after, int limit) {
    List<Object> arguments = new ArrayList<>();
    String where = live(whose, arguments) + behind(after, arguments);
    arguments.add(limit);
    return sql
        .query(
            "select "
                + SessionRow.COLUMNS
                + " from console_session where "
                + where
                + " order by started_at desc, id desc limit ?",
            SessionRow::read,
            arguments.toArray())
        .stream()
        .map(row -> use.since(row.id(), row.lastSeenAt()).map(row::seenAt).orElse(row))
        .toList();
  }

  private String live(Whose whose, List<Object> arguments) {
    Instant now = clock.instant();
    arguments.add(now);
    arguments.add(now.minus(settings.access().consoleSessionIdle()));
    String live = "ended_at is null and expires_at > ? and last_seen_at > ?";
    return switch (whose) {
      case Whose.Everybody _ -> live;
      case Whose.Own(Actor actor) -> {
        arguments.addAll(List.of(actor.id(), actor.kind().code()));
        yield live + " and actor_id = ? and actor_kind = ?";
      }
      case Whose.Found(String text) -> {
        arguments.addAll(List.of(text, text));
        yield live + " and (actor_id = ? or strpos(lower(actor_name), lower(?)) > 0)";
      }
    };
  }

  private static String behind(@Nullable Cursor after, List<Object> arguments) {
    if (after == null) {
      return "";
    }
    try {
      arguments.addAll(List.of(Instant.parse(after.values().getFirst()), after.values().getLast()));
    } catch (DateTimeParseException e) {
      throw Cursor.refusal();
    }
    return " and (started_at, id) < (?, ?)";
  }
}
