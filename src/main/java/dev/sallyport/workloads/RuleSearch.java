package dev.sallyport.workloads;

import dev.sallyport.authz.ActorKind;
import dev.sallyport.persistence.Sql;
import dev.sallyport.roles.ActorSearch;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.Locale;

/// Finds rules for the form that gives roles.
@ApplicationScoped
public class RuleSearch implements ActorSearch {
  @Inject Sql sql;
  @Inject Clock clock;

  @Override
  public List<Found> find(String text, int limit) {
    return sql.query(
        """
        select id, name from workload_rule
        where enabled and (expires_at is null or expires_at > ?)
          and (strpos(lower(name), ?) > 0 or id = ?)
        order by name limit ?
        """,
        row -> new Found(ActorKind.WORKLOAD, row.text("id"), row.text("name")),
        clock.instant(),
        text.toLowerCase(Locale.ROOT),
        text,
        limit);
  }
}
