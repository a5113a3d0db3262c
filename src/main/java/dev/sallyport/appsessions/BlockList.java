package dev.sallyport.appsessions;

import dev.sallyport.persistence.Condition;
import dev.sallyport.persistence.Cursor;
import dev.sallyport.persistence.Page;
import dev.sallyport.persistence.Slice;
import dev.sallyport.persistence.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads lists of blocks, newest first.
@ApplicationScoped
class BlockList {
  private static final String SELECT =
      "select b.*, a.name as app_name from block b left join app a on a.id = b.app_id where ";
  private static final String ORDER = " order by b.revoked_at desc, b.id limit ?";
  private static final String BEHIND =
      "(b.revoked_at < cast(? as timestamptz)"
          + " or (b.revoked_at = cast(? as timestamptz) and b.id > ?))";

  @Inject Sql sql;

  Optional<BlockDetails> byId(String id) {
    Condition where = BlockFilter.all().condition().and("b.id = ?", id);
    return sql.first(SELECT + where.sql(), BlockDetails::read, where.arguments().toArray());
  }

  Page<BlockDetails> page(BlockFilter filter, @Nullable Cursor after, int limit) {
    Condition where = filter.condition();
    if (after != null) {
      String time = SessionSort.newestFirst().checked(after.values().get(0));
      where = where.and(BEHIND, time, time, after.values().get(1));
    }
    List<BlockDetails> found =
        sql.query(SELECT + where.sql() + ORDER, BlockDetails::read, where.argumentsAnd(limit + 1));
    return Page.of(found, limit, BlockList::cursor, count(filter));
  }

  private static String cursor(BlockDetails last) {
    return Cursor.of(last.revokedAt().toString(), last.id()).encode();
  }

  List<BlockDetails> slice(BlockFilter filter, Slice slice) {
    Condition where = filter.condition();
    return sql.query(
        SELECT + where.sql() + ORDER + " offset ?",
        BlockDetails::read,
        where.argumentsAnd(slice.limit(), slice.offset()));
  }

  long count(BlockFilter filter) {
    Condition where = filter.condition();
    return sql.first(
            "select count(*) as n from block b where " + where.sql(),
            row -> row.number("n"),
            where.arguments().toArray())
        .orElse(0L);
  }
}
