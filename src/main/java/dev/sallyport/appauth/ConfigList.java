package dev.sallyport.appauth;

import dev.sallyport.apps.LabelSelector;
import dev.sallyport.authz.Access;
import dev.sallyport.authz.Permission;
import dev.sallyport.authz.RequiresPermission;
import dev.sallyport.authz.Scope;
import dev.sallyport.persistence.Cursor;
import dev.sallyport.persistence.Page;
import dev.sallyport.persistence.Slice;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Reads configs a part at a time, by name; for whoever looks, only those in sight.
@Stateless
public class ConfigList {
  private static final String WHERE =
      " from AppAuthConfig c join Issuer i on i.id = c.issuerId where ";
  private static final String BEHIND = WHERE + "c.name > :name order by c.name";
  private static final String HAVING_ID = WHERE + "c.id = :id";
  private static final String HAVING_TEXT =
      WHERE + "locate(:text, lower(concat(c.name, ' ', i.iss, ' ', coalesce(c.audience, '')))) > 0";

  @PersistenceContext EntityManager em;
  @Inject Access access;

  /// Those with this text in their name, issuer or audience.
  @RequiresPermission(value = Permission.APP_AUTH_CONFIG_READ, scoped = true)
  public List<AppAuthConfigDetails> slice(String text, int offset, int limit) {
    Scope scope = access.scope(Permission.APP_AUTH_CONFIG_READ);
    Slice slice = new Slice(offset, limit);
    return scope.isEverything()
        ? found(text, slice.offset(), slice.limit()).toList()
        : within(scope, text).skip(slice.offset()).limit(slice.limit()).toList();
  }

  /// Those behind a cursor.
  @RequiresPermission(value = Permission.APP_AUTH_CONFIG_READ, scoped = true)
  public Page<AppAuthConfigDetails> page(@Nullable Cursor after, int limit) {
    Scope scope = access.scope(Permission.APP_AUTH_CONFIG_READ);
    List<AppAuthConfigDetails> found =
        em.createQuery("select c, i.iss" + BEHIND, Object[].class)
            .setParameter("name", after == null ? "" : after.values().getFirst())
            .setMaxResults(scope.isEverything() ? limit + 1 : Integer.MAX_VALUE)
            .getResultStream()
            .map(row -> ((AppAuthConfig) row[0]).details((String) row[1]))
            .filter(config -> LabelSelector.of(config.appLabels()).isWithin(scope))
            .limit(limit + 1)
            .toList();
    return Page.of(found, limit, last -> Cursor.of(last.name()).encode(), count(""));
  }

  /// How many have the text.
  @RequiresPermission(value = Permission.APP_AUTH_CONFIG_READ, scoped = true)
  public long count(String text) {
    Scope scope = access.scope(Permission.APP_AUTH_CONFIG_READ);
    return scope.isEverything()
        ? em.createQuery("select count(c)" + HAVING_TEXT, Long.class)
            .setParameter("text", wanted(text))
            .getSingleResult()
        : within(scope, text).count();
  }

  /// The one of this id, if it is in sight.
  @RequiresPermission(value = Permission.APP_AUTH_CONFIG_READ, scoped = true)
  public Optional<AppAuthConfigDetails> byId(String id) {
    Scope scope = access.scope(Permission.APP_AUTH_CONFIG_READ);
    return em.createQuery("select c, i.iss" + HAVING_ID, Object[].class)
        .setParameter("id", id)
        .getResultStream()
        .map(row -> ((AppAuthConfig) row[0]).details((String) row[1]))
        .filter(config -> LabelSelector.of(config.appLabels()).isWithin(scope))
        .findFirst();
  }

  // What a selector can match is no question for a database.
  private Stream<AppAuthConfigDetails> within(Scope scope, String text) {
    return found(text, 0, Integer.MAX_VALUE)
        .filter(config -> LabelSelector.of(config.appLabels()).isWithin(scope));
  }

  private Stream<AppAuthConfigDetails> found(String text, int offset, int limit) {
    return em.createQuery("select c, i.iss" + HAVING_TEXT + " order by c.name", Object[].class)
        .setParameter("text", wanted(text))
        .setFirstResult(offset)
        .setMaxResults(limit)
        .getResultStream()
        .map(row -> ((AppAuthConfig) row[0]).details((String) row[1]));
  }

  private static String wanted(String text) {
    return text.strip().toLowerCase(Locale.ROOT);
  }
}
