package dev.sallyport.roles;

import dev.sallyport.authz.Actor;
import dev.sallyport.authz.ActorKind;
import dev.sallyport.authz.Actors;
import dev.sallyport.authz.Scope;
import dev.sallyport.problem.FieldErrors;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What must hold of an assignment before it is written; every wrong field is named.
@ApplicationScoped
class AssignmentCheck {
  private static final Set<ActorKind> KINDS =
      EnumSet.of(ActorKind.USER, ActorKind.API_KEY, ActorKind.PROXY, ActorKind.WORKLOAD);
  private static final Set<String> RESERVED = Set.of("system", "demo");

  @Inject RoleDirectory roles;
  @Inject Actors actors;
  @Inject Clock clock;

  /// One that may be written, and the name of its actor.
  record Checked(AssignmentStore.New assignment, String actorName) {}

  Checked check(AssignmentInput input) {
    var errors = new FieldErrors();
    Optional<ActorKind> kind = kind(input.actorKind());
    errors.addIf(kind.isEmpty(), "actorKind", "must be one of " + kinds() + ".");
    String actorId = Objects.requireNonNullElse(input.actorId(), "");
    Optional<Actor> actor = kind.flatMap(known -> actor(known, actorId, errors));
    String role = Objects.requireNonNullElse(input.role(), "");
    boolean isRole = roles.exists(role);
    errors.addIf(!isRole, "role", "must be one of " + String.join(", ", roles.ids()) + ".");
    Instant expiry = input.expiresAt();
    errors.addIf(
        expiry != null && !expiry.isAfter(clock.instant()), "expiresAt", "must lie in the future.");
    Scope scope = scope(input, isRole ? role : "", errors);
    errors.throwIfAny();
    var assignment =
        new AssignmentStore.New(
            kind.orElseThrow(), actorId, role, scope, AssignmentStore.MANUAL, expiry);
    return new Checked(assignment, actor.orElseThrow().name());
  }

  private Optional<Actor> actor(ActorKind kind, String id, FieldErrors errors) {
    if (RESERVED.contains(id)) {
      errors.add("actorId", "is reserved.");
      return Optional.empty();
    }
    Optional<Actor> actor = actors.find(kind, id);
    errors.addIf(
        actor.isEmpty(), "actorId", "must name a " + kind.code() + " that exists and is live.");
    return actor;
  }

  private Scope scope(AssignmentInput input, String role, FieldErrors errors) {
    var own = new FieldErrors();
    Scope scope = Selectors.scope(input.scope(), "scope", own);
    own.list().forEach(problem -> errors.add(problem.field(), problem.detail()));
    errors.addIf(
        own.isEmpty() && !role.isEmpty() && roles.grantsOfRole(role, scope).isEmpty(),
        "scope",
        "would leave nothing: what the role holds can't be limited by labels.");
    return scope;
  }

  private static Optional<ActorKind> kind(@Nullable String code) {
    return KINDS.stream().filter(kind -> kind.code().equals(code)).findFirst();
  }

  static String kinds() {
    return Arrays.stream(ActorKind.values())
        .filter(KINDS::contains)
        .map(ActorKind::code)
        .collect(Collectors.joining(", "));
  }
}
