package dev.sallyport.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.testing.RolledBack;
import dev.sallyport.testing.RunningServer;
import dev.sallyport.testing.Unique;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// How long changes stay for nodes to read: by the database's clock, whatever a node's says.
@ExtendWith(RunningServer.Extension.class)
class ChangeSweeperIT {
  private final ChangeSweeper sweeper = new ChangeSweeper();
  private final Changes changes = new Changes();
  private final String ref = Unique.name("ref");
  private RolledBack database;

  @BeforeEach
  void open(RunningServer server) throws SQLException {
    database = new RolledBack(server);
    sweeper.sql = database.sql();
    changes.sql = database.sql();
    changes.tell(Change.Kind.SESSION_ENDED, List.of(ref));
  }

  @AfterEach
  void close() throws SQLException {
    database.close();
  }

  private long kept() {
    return database.count("change where ref = ?", ref);
  }

  @Test
  void sweepWhenJustToldThenKept() {
    sweeper.sweep();

    assertThat(kept()).isEqualTo(1);
  }

  @Test
  void sweepWhenToldMoreThanAnHourAgoThenGone() {
    database.sql().update("update change set at = at - interval '61 minutes' where ref = ?", ref);

    sweeper.sweep();

    assertThat(kept()).isZero();
  }
}
