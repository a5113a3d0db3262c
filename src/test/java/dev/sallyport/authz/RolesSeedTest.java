package dev.sallyport.authz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What the database is seeded with: the permissions of the code, and the roles as documented.
class RolesSeedTest {
  private static final Path SEED = Path.of("liquibase/0005-roles-seed.sql");
  private static final String READABLE =
      "(app|app_auth_config|issuer|app_session|connection|freeze|audit|system)\\.read";
  private static String sql;

  @BeforeAll
  static void read() throws IOException {
    sql = Files.readString(SEED);
  }

  @Test
  void permissionsWhenSeededThenThoseOfTheCode() {
    assertThat(seededPermissions()).isEqualTo(permissions(_ -> true));
  }

  @Test
  void rolesWhenSeededThenAllAreSystemRoles() {
    assertThat(find("\\('(r-[a-z]+)', '[^']+', '[^']+', true\\)").map(m -> m.group(1)))
        .containsExactly(
            "r-admin", "r-operator", "r-viewer", "r-agent", "r-mcp", "r-cli", "r-auditor");
  }

  @Test
  void adminWhenSeededThenHoldsEverything() {
    assertThat(sql)
        .contains(
            "insert into role_permission (role_id, permission) "
                + "select 'r-admin', name from permission;");
  }

  @Test
  void rolesWhenSeededThenHoldWhatIsDocumented() {
    Map<String, Set<String>> wanted = new HashMap<>();
    wanted.put("r-operator", permissions(RolesSeedTest::isOperators));
    wanted.put("r-viewer", permissions(name -> name.matches(READABLE)));
    wanted.put(
        "r-agent",
        Set.of("app.read", "app_session.create", "app_session.lookup", "upstream.report"));
    wanted.put("r-mcp", permissions(RolesSeedTest::isAssistants));
    wanted.put(
        "r-cli",
        permissions(
            name -> isOperators(name) || name.matches("auth\\.key\\.(list|create|rotate)")));
    wanted.put("r-auditor", Set.of("audit.read", "audit.export"));
    assertThat(seededRoles()).isEqualTo(wanted);
  }

  private static boolean isOperators(String name) {
    return name.matches(
        "app\\..+|app_auth_config\\.(?!delete).+|issuer\\.read|app_session\\.(read|revoke)"
            + "|connection\\..+|upstream\\.report|freeze\\..+|audit\\.read|system\\.read");
  }

  private static boolean isAssistants(String name) {
    return isOperators(name) && !name.matches(".*\\.delete|.*many|connection\\.edit");
  }

  private static Set<String> permissions(Predicate<String> filter) {
    return Arrays.stream(Permission.values())
        .map(Permission::permissionName)
        .filter(filter)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> seededPermissions() {
    String list = sql.substring(sql.indexOf("insert into permission"), sql.indexOf(';'));
    return Pattern.compile("\\('([a-z_.]+)'\\)")
        .matcher(list)
        .results()
        .map(m -> m.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Map<String, Set<String>> seededRoles() {
    return find("\\('(r-[a-z]+)', '([a-z_.]+)'\\)")
        .collect(
            Collectors.groupingBy(
                m -> m.group(1), Collectors.mapping(m -> m.group(2), Collectors.toSet())));
  }

  private static Stream<MatchResult> find(String regex) {
    return Pattern.compile(regex).matcher(sql).results();
  }
}
