package dev.sallyport.users;

import dev.sallyport.authz.ActorKind;
import dev.sallyport.persistence.Sql;
import dev.sallyport.roles.ActorSearch;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Locale;

/// Finds users for the form that gives roles.
@ApplicationScoped
public class UserSearch implements ActorSearch {
  @Inject Sql sql;

  @Override
  public List<Found> find(String text, int limit) {
    String part = text.toLowerCase(Locale.ROOT);
    return sql.query(
        """
        select id, display_name from app_user
        where deactivated_at is null
          and (strpos(lower(display_name), ?) > 0 or strpos(lower(email), ?) > 0 or id = ?)
        order by lower(display_name), id limit ?
        """,
        row -> new Found(ActorKind.USER, row.text("id"), row.text("display_name")),
        part,
        part,
        text,
        limit);
  }
}
