package dev.sallyport.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaFieldAccess;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import dev.sallyport.authz.Permission;
import dev.sallyport.authz.RequiresPermission;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Everything that can be called says which permission it needs, or why none.
class PermissionsTest {
  private static final String REQUIRED = "dev.sallyport.authz.RequiresPermission";
  private static final String NONE = "dev.sallyport.authz.NoPermissionNeeded";
  // The catalogue and its meanings.
  private static final Set<String> NAMING = Set.of("Permission", "PermissionDetails");
  private static final String OPEN = "dev.sallyport.authz.PublicEndpoint";

  @Test
  void serviceMethodsDeclareTheirPermission() {
    methods()
        .that(Project.that("can be called on an EJB", PermissionsTest::isServiceMethod))
        .should(
            Project.<JavaMethod>holds(
                "declare a permission, or why none is needed",
                method ->
                    Project.hasAny(method, REQUIRED, NONE)
                            || Project.hasAny(method.getOwner(), REQUIRED, NONE)
                        ? Optional.empty()
                        : Optional.of(method.getFullName() + " declares nothing")))
        .check(Project.CLASSES);
  }

  private static boolean isServiceMethod(JavaMethod method) {
    boolean isCallable =
        method.getModifiers().contains(JavaModifier.PUBLIC)
            && !method.getModifiers().contains(JavaModifier.STATIC)
            && !method.getModifiers().contains(JavaModifier.SYNTHETIC);
    boolean isObserver =
        method.getParameters().stream()
            .anyMatch(
                p ->
                    Project.hasAny(
                        p,
                        "jakarta.enterprise.event.Observes",
                        "jakarta.enterprise.event.ObservesAsync"));
    return Project.isBean(method.getOwner()) && (isCallable || isObserver);
  }

  /// Interceptors see public methods of other beans only: elsewhere the annotation would promise
  /// what nobody keeps.
  @Test
  void permissionsStandWhereTheyAreEnforced() {
    methods()
        .that(Project.that("require a permission", m -> Project.hasAny(m, REQUIRED)))
        .should()
        .bePublic()
        .andShould()
        .notBeStatic()
        .check(Project.CLASSES);
  }

  /// The class's own annotation does not count: the filter looks at methods.
  @Test
  void endpointsDeclareTheirPermission() {
    methods()
        .that(Project.that("are endpoints", Endpoints::isRest))
        .should(
            Project.<JavaMethod>holds(
                "declare a permission, or why they are public",
                method ->
                    Project.hasAny(method, REQUIRED) != Project.hasAny(method, OPEN)
                        ? Optional.empty()
                        : Optional.of(method.getFullName() + " declares nothing, or both")))
        .check(Project.CLASSES);
  }

  @Test
  void servletsDeclareTheirPermission() {
    classes()
        .that(Project.that("are servlets", Endpoints::isServlet))
        .should(declare())
        .check(Project.CLASSES);
  }

  @Test
  void viewsDeclareTheirPermission() {
    classes()
        .that(Project.that("are views", Endpoints::isView))
        .should(declare())
        .allowEmptyShould(true)
        .check(Project.CLASSES);
  }

  private static ArchCondition<JavaClass> declare() {
    return Project.holds(
        "declare a permission, or why they are public",
        type ->
            Project.hasAny(type, REQUIRED) != Project.hasAny(type, OPEN)
                ? Optional.empty()
                : Optional.of(type.getName() + " declares nothing, or both"));
  }

  /// A permission that nobody asks for would promise what it can't keep.
  @Test
  void permissionsAreAskedForUnlessReserved() {
    Set<Permission> asked = EnumSet.noneOf(Permission.class);
    Project.CLASSES.stream()
        .filter(type -> !NAMING.contains(Project.outermost(type).getSimpleName()))
        .forEach(type -> asked.addAll(asked(type)));

    assertThat(asked)
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(Permission.values()).filter(p -> !p.isReserved()).toList());
  }

  private static Set<Permission> asked(JavaClass type) {
    Set<Permission> asked = EnumSet.noneOf(Permission.class);
    type.getFieldAccessesFromSelf().stream()
        .map(JavaFieldAccess::getTarget)
        .filter(field -> field.getOwner().isEquivalentTo(Permission.class))
        .filter(field -> field.getRawType().isEquivalentTo(Permission.class))
        .forEach(field -> asked.add(Permission.valueOf(field.getName())));
    Stream.concat(Stream.of(type.reflect()), Stream.of(type.reflect().getDeclaredMethods()))
        .map(element -> element.getAnnotation(RequiresPermission.class))
        .filter(Objects::nonNull)
        .forEach(required -> asked.add(required.value()));
    return asked;
  }

  @Test
  void containerRolesAreNotUsed() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAPackage("jakarta.annotation.security..")
        .because("permissions are ours, and read live")
        .check(Project.CLASSES);
  }
}
