package dev.sallyport.audit.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.audit.AuditField;
import dev.sallyport.audit.AuditFilter;
import dev.sallyport.audit.seal.Chain;
import dev.sallyport.audit.seal.ChainStore;
import dev.sallyport.audit.seal.Checkpoint;
import dev.sallyport.persistence.Sql;
import dev.sallyport.testing.RolledBack;
import dev.sallyport.testing.RunningServer;
import dev.sallyport.testing.Unique;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/// Exports of more rows than one batch holds, in a transaction that sees the same rows throughout.
@ExtendWith(RunningServer.Extension.class)
class ExportBatchesIT {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int ROWS = 7;
  private static final int WHOLE = 100_000;

  private final String resource = Unique.name("batches");
  private final ByteArrayOutputStream file = new ByteArrayOutputStream();
  private RolledBack database;
  private Instant from;
  private Instant to;

  @BeforeEach
  void writeRows(RunningServer server) throws SQLException {
    database = new RolledBack(server);
    awaitSealed();
    database.close();
    database = new RolledBack(server);
    Sql sql = database.sql();
    sql.update("set transaction isolation level repeatable read");
    from =
        sql.first(
                "select at from audit_seal_row order by position desc offset ? limit 1",
                row -> row.instant("at"),
                ROWS)
            .orElseThrow();
    // Three share a moment, so that a border falls between equals.
    Instant now = sql.first("select now() as now", row -> row.instant("now")).orElseThrow();
    IntStream.range(0, ROWS).forEach(i -> insert(sql, i, now.plusSeconds(i / 3)));
    to = now.plus(Duration.ofMinutes(1));
  }

  private void awaitSealed() {
    Chain.await("sealed rows", () -> database.count("audit_seal_row") > ROWS);
  }

  private void insert(Sql sql, int number, Instant at) {
    sql.update(
        """
        insert into audit_event (id, at, category, event, actor_kind, actor_id, actor_name,
          resource_kind, resource_id, resource_name, outcome)
        values (?, ?, 'config', 'app.changed', 'system', 'system', 'system', 'app', ?, ?, 'success')
        """,
        resource + number,
        at,
        resource,
        resource);
  }

  @AfterEach
  void close() throws SQLException {
    database.close();
  }

  /// Reads batches of a size, and looks what is written before each of them.
  private final class Batches extends ExportStore {
    private int handed;
    private int largest;
    private boolean isBehind;
    private long ended = -1;

    Batches(int size) {
      super(size);
      sql = database.sql();
      chain = Chain.store(database.sql());
    }

    private <T> List<T> handed(List<T> next) {
      handed += next.size();
      largest = Math.max(largest, next.size());
      return next;
    }

    private void look() {
      isBehind |= lines().size() < handed;
    }

    @Override
    public AuditFilter narrowed(AuditFilter filter) {
      return filter;
    }

    @Override
    public List<Numbered> rows(AuditFilter filter, @Nullable Numbered after) {
      look();
      return handed(super.rows(filter, after));
    }

    @Override
    public List<ChainStore.Link> links(long after, long last) {
      look();
      return handed(super.links(after, last));
    }

    @Override
    public List<Numbered> unsealed(ExportRequest request, long last, long afterSeq) {
      look();
      return handed(super.unsealed(request, last, afterSeq));
    }

    @Override
    public List<Checkpoint> checkpoints(Segment segment) {
      return List.of();
    }

    @Override
    public String sign(Map<String, Object> manifest) {
      return manifest.toString().replace('"', ' ');
    }

    @Override
    public void ended(ExportRequest request, long rows, @Nullable String failure) {
      ended = rows;
    }
  }

  private List<String> lines() {
    return file.toString(StandardCharsets.UTF_8).lines().toList();
  }

  private Batches export(int size, AuditFilter filter) throws IOException {
    file.reset();
    Batches batches = new Batches(size);
    AuditExport export = new AuditExport();
    export.store = batches;
    export.write(
        new ExportRequest(ExportRequest.Format.NDJSON, filter.between(from, to), from, to), file);
    return batches;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, ROWS - 1, ROWS, ROWS + 1})
  void exportWhenFilteredThenEachRowOnceInOrderAndOneBatchAtATime(int size) throws IOException {
    AuditFilter filter = AuditFilter.all().with(AuditField.RESOURCE, Set.of(resource));

    Batches batches = export(size, filter);

    assertThat(lines().stream().map(line -> JSON.readTree(line).get("id").asString()))
        .containsExactlyElementsOf(IntStream.range(0, ROWS).mapToObj(i -> resource + i).toList());
    assertThat(batches.ended).isEqualTo(ROWS);
    assertThat(batches.largest).isLessThanOrEqualTo(size);
    assertThat(batches.isBehind).as("rows of an earlier batch were still held").isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, ROWS})
  void exportWhenWholeThenTheSameChainWhateverTheBatch(int size) throws IOException {
    export(WHOLE, AuditFilter.all());
    List<String> inOne = lines();

    Batches batches = export(size, AuditFilter.all());

    assertThat(lines()).isEqualTo(inOne);
    assertThat(inOne.stream().filter(line -> line.contains(",\"chain\":{\"position\":")))
        .as("sealed rows")
        .hasSizeGreaterThanOrEqualTo(ROWS);
    assertThat(inOne.stream().filter(line -> line.contains(resource))).hasSize(ROWS);
    assertThat(batches.largest).isLessThanOrEqualTo(size);
    assertThat(batches.isBehind).as("rows of an earlier batch were still held").isFalse();
  }

  @Test
  void batchThenIsWhatAnExportMayHold() throws IOException {
    assertThat(export(WHOLE, AuditFilter.all()).largest).isGreaterThan(ROWS - 1);
  }
}
