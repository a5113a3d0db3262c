package dev.sallyport.roles;

import static dev.sallyport.authz.Permission.APP_EDIT;
import static dev.sallyport.authz.Permission.APP_READ;
import static dev.sallyport.authz.Permission.APP_SESSION_CREATE;
import static dev.sallyport.authz.Permission.AUDIT_EXPORT;
import static dev.sallyport.authz.Permission.AUTH_KEY_LIST;
import static dev.sallyport.authz.Permission.ISSUER_READ;
import static dev.sallyport.authz.Permission.SYSTEM_READ;
import static dev.sallyport.authz.Permission.UPSTREAM_REPORT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.authz.Permission;
import dev.sallyport.authz.Scope;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class GrantsTest {
  private static final Scope TEST = Scope.of(Map.of("env", List.of("test")));
  private static final Scope PROD = Scope.of(Map.of("env", List.of("prod")));

  private static Grants.Held held(Scope scope, Permission... permissions) {
    return new Grants.Held("rol_1", scope, Set.of(permissions));
  }

  @Test
  void unionWhenNothingIsAssignedThenNothing() {
    assertThat(Grants.union(List.of())).isEmpty();
  }

  @Test
  void unionWhenUnscopedThenEverythingEverywhere() {
    var all = EnumSet.allOf(Permission.class);
    assertThat(Grants.union(List.of(new Grants.Held("r-admin", Scope.EVERYTHING, all))))
        .containsOnlyKeys(all)
        .allSatisfy((permission, scope) -> assertThat(scope.isEverything()).isTrue());
  }

  @Test
  void unionWhenTwoAreScopedThenBothScopes() {
    assertThat(Grants.union(List.of(held(TEST, APP_READ), held(PROD, APP_READ, APP_EDIT))))
        .containsOnly(Map.entry(APP_READ, TEST.or(PROD)), Map.entry(APP_EDIT, PROD));
  }

  @Test
  void unionWhenOneIsUnscopedThenItWins() {
    assertThat(Grants.union(List.of(held(TEST, APP_READ), held(Scope.EVERYTHING, APP_READ))))
        .containsOnly(Map.entry(APP_READ, Scope.EVERYTHING));
  }

  @Test
  void unionWhenScopedThenWhatIsAboutNoAppIsDropped() {
    assertThat(Grants.union(List.of(held(TEST, APP_READ, AUTH_KEY_LIST, ISSUER_READ, SYSTEM_READ))))
        .containsOnly(Map.entry(APP_READ, TEST));
  }

  @Test
  void unionWhenDroppedByOneThenAnotherMayConferIt() {
    assertThat(
            Grants.union(List.of(held(TEST, AUTH_KEY_LIST), held(Scope.EVERYTHING, AUTH_KEY_LIST))))
        .containsOnly(Map.entry(AUTH_KEY_LIST, Scope.EVERYTHING));
  }

  @Test
  void unionWhenScopeIsNothingThenNothing() {
    assertThat(Grants.union(List.of(held(Scope.NOTHING, APP_READ)))).isEmpty();
  }

  @Test
  void agentWhenUnscopedThenReportsOnNoUpstream() {
    assertThat(Grants.union(List.of(agent(Scope.EVERYTHING))))
        .containsOnly(
            Map.entry(APP_READ, Scope.EVERYTHING), Map.entry(APP_SESSION_CREATE, Scope.EVERYTHING));
  }

  @Test
  void agentWhenScopedThenReportsThere() {
    assertThat(Grants.union(List.of(agent(Scope.EVERYTHING), agent(TEST))))
        .containsEntry(UPSTREAM_REPORT, TEST)
        .containsEntry(APP_READ, Scope.EVERYTHING);
  }

  @Test
  void otherRoleWhenUnscopedThenReportsEverywhere() {
    assertThat(Grants.union(List.of(held(Scope.EVERYTHING, UPSTREAM_REPORT))))
        .containsOnly(Map.entry(UPSTREAM_REPORT, Scope.EVERYTHING));
  }

  private static Grants.Held agent(Scope scope) {
    return new Grants.Held("r-agent", scope, Set.of(APP_READ, APP_SESSION_CREATE, UPSTREAM_REPORT));
  }

  @Test
  void scopableWhenComparedThenJustWhatIsAboutApps() {
    Set<String> scopable =
        Arrays.stream(Permission.values())
            .filter(Grants::isScopable)
            .map(Permission::permissionName)
            .collect(Collectors.toSet());
    assertThat(scopable)
        .contains(APP_READ.permissionName(), AUDIT_EXPORT.permissionName())
        .allMatch(
            name ->
                name.matches(
                    "(app|app_auth_config|app_session|connection|freeze)\\.[a-z_]+"
                        + "|upstream\\.report|audit\\.(read|export)"));
    assertThat(Permission.values())
        .filteredOn(p -> p.permissionName().matches("(auth|issuer|system)\\..*"))
        .noneMatch(Grants::isScopable);
  }
}
