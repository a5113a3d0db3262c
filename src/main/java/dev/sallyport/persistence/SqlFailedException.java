package dev.sallyport.persistence;

import java.sql.SQLException;

/// The database refused or can't be reached.
public final class SqlFailedException extends RuntimeException {
  SqlFailedException(SQLException cause) {
    super("the database failed: " + cause.getSQLState(), cause);
  }
}
