package dev.sallyport.persistence;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import javax.sql.DataSource;

/// [Sql] outside of the server, over one connection that stays open: what it does is one
/// transaction of the test.
public final class SqlFixture {
  private SqlFixture() {}

  public static Sql over(Connection connection) {
    Connection kept =
        proxy(
            Connection.class,
            (_, method, arguments) -> {
              try {
                return method.getName().equals("close")
                    ? null
                    : method.invoke(connection, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
    Sql sql = new Sql();
    sql.dataSource = proxy(DataSource.class, (_, _, _) -> kept);
    return sql;
  }

  /// Over connections that the source opens as it likes.
  public static Sql over(DataSource source) {
    Sql sql = new Sql();
    sql.dataSource = source;
    return sql;
  }

  private static <T> T proxy(Class<T> type, java.lang.reflect.InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }
}
