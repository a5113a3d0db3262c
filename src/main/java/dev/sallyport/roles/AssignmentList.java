package dev.sallyport.roles;

import dev.sallyport.authz.Actor;
import dev.sallyport.authz.ActorKind;
import dev.sallyport.authz.Actors;
import dev.sallyport.authz.Permission;
import dev.sallyport.authz.RequiresPermission;
import dev.sallyport.persistence.Condition;
import dev.sallyport.persistence.Cursor;
import dev.sallyport.persistence.Page;
import dev.sallyport.persistence.Slice;
import jakarta.ejb.Stateless;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads who has which role: what is live, newest first.
@Stateless
@RequiresPermission(Permission.AUTH_ROLE_LIST)
public class AssignmentList {
  private static final String NEWEST_FIRST = " order by a.created_at desc, a.id desc";

  @Inject AssignmentStore store;
  @Inject Actors actors;
  @Inject @Any Instance<ActorSearch> searches;

  /// Which assignments to list; what is absent does not narrow.
  public record Filter(
      @Nullable String actorKind, @Nullable String actorId, @Nullable String role) {

    Condition condition() {
      return Condition.ANY
          .andIs("a.actor_kind", actorKind)
          .andIs("a.actor_id", actorId)
          .andIs("a.role_id", role);
    }
  }

  public Page<AssignmentDetails> page(Filter filter, @Nullable Cursor after, int limit) {
    Condition all = filter.condition();
    List<AssignmentDetails> found =
        store.find(
            after == null ? all : all.and("(a.created_at, a.id) < (?, ?)", start(after)),
            NEWEST_FIRST + " limit ?",
            limit + 1);
    boolean hasMore = found.size() > limit;
    List<AssignmentDetails> items = named(hasMore ? found.subList(0, limit) : found);
    return new Page<>(items, hasMore ? cursor(items.getLast()) : null, store.count(all));
  }

  private static String cursor(AssignmentDetails last) {
    return Cursor.of(last.createdAt().toString(), last.id()).encode();
  }

  private static Object[] start(Cursor after) {
    try {
      return new Object[] {Instant.parse(after.values().getFirst()), after.values().getLast()};
    } catch (DateTimeException e) {
      throw Cursor.refusal();
    }
  }

  /// The rows from `offset` on, for lists that are scrolled.
  public List<AssignmentDetails> slice(Filter filter, int offset, int limit) {
    Slice slice = new Slice(offset, limit);
    return named(
        store.find(
            filter.condition(), NEWEST_FIRST + " limit ? offset ?", slice.limit(), slice.offset()));
  }

  public long count(Filter filter) {
    return store.count(filter.condition());
  }

  private List<AssignmentDetails> named(List<AssignmentDetails> found) {
    Map<String, Optional<String>> names = new HashMap<>();
    return found.stream()
        .map(a -> a.withActorName(names.computeIfAbsent(key(a), key -> nameOf(a)).orElse(null)))
        .toList();
  }

  private static String key(AssignmentDetails assignment) {
    return assignment.actorKind() + " " + assignment.actorId();
  }

  private Optional<String> nameOf(AssignmentDetails assignment) {
    return actors
        .find(ActorKind.ofCode(assignment.actorKind()), assignment.actorId())
        .map(Actor::name);
  }

  /// Whom a role could be given, by a part of the name or by the id.
  public List<ActorSearch.Found> actors(String text, int limit) {
    int most = Math.min(limit, Slice.LARGEST);
    return searches.stream()
        .flatMap(search -> search.find(text, most).stream())
        .sorted(Comparator.comparing(ActorSearch.Found::name))
        .limit(most)
        .toList();
  }

  /// The actor with this kind and id, if it is live.
  public Optional<ActorSearch.Found> actor(ActorKind kind, String id) {
    return actors.find(kind, id).map(actor -> new ActorSearch.Found(kind, id, actor.name()));
  }
}
