package dev.sallyport.appsessions;

import dev.sallyport.persistence.Cursor;
import dev.sallyport.persistence.Page;
import dev.sallyport.persistence.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads lists of blocks, newest first.
@ApplicationScoped
class BlockList {
  private static final String SELECT =
      "select b.*, a.name as app_name from block b left join app a on a.id = b.app_id where ";
  private static final String ORDER = " order by b.revoked_at desc, b.id limit ?";

  @Inject Sql sql;

  Optional<BlockDetails> byId(String id) {
    SessionFilter.Condition where = BlockFilter.all().condition();
    return sql.first(SELECT + where.sql() + " and b.id = ?", BlockDetails::read, id);
  }

  Page<BlockDetails> page(BlockFilter filter, @Nullable Cursor after, int limit) {
    SessionFilter.Condition where = filter.condition();
    List<Object> arguments = new ArrayList<>(where.arguments());
    String statement = SELECT + where.sql();
    if (after != null) {
      String time = SessionSort.newestFirst().checked(after.values().get(0));
      statement +=
          " and (b.revoked_at < cast(? as timestamptz)"
              + " or (b.revoked_at = cast(? as timestamptz) and b.id > ?))";
      arguments.addAll(List.of(time, time, after.values().get(1)));
    }
    arguments.add(limit + 1);
    List<BlockDetails> found =
        sql.query(statement + ORDER, BlockDetails::read, arguments.toArray());
    boolean hasMore = found.size() > limit;
    List<BlockDetails> items = hasMore ? found.subList(0, limit) : found;
    return new Page<>(items, hasMore ? cursor(items.getLast()) : null, count(filter));
  }

  private static String cursor(BlockDetails last) {
    return Cursor.of(last.revokedAt().toString(), last.id()).encode();
  }

  List<BlockDetails> slice(BlockFilter filter, int offset, int limit) {
    SessionFilter.Condition where = filter.condition();
    List<Object> arguments = new ArrayList<>(where.arguments());
    arguments.add(limit);
    arguments.add(offset);
    return sql.query(
        SELECT + where.sql() + ORDER + " offset ?", BlockDetails::read, arguments.toArray());
  }

  long count(BlockFilter filter) {
    SessionFilter.Condition where = filter.condition();
    return sql.first(
            "select count(*) as n from block b where " + where.sql(),
            row -> row.number("n"),
            where.arguments().toArray())
        .orElse(0L);
  }
}
