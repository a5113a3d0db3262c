package dev.sallyport.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What may be seen from where: views, JAX-RS, the database.
class EdgesTest {
  private static final Pattern REST_NAME =
      Pattern.compile(".*(Resource|Filter|Mapper|Application|Provider|Query)");

  // The page of trusted issuers shows configs and issuers together; the pages about apps ask
  // through an interface who may enter.
  private static final Set<String> SHARED_VIEWS =
      Set.of("IssuersPanel", "KeySourceFields", "KeyStatus", "Entrances");

  @Test
  void nobodyDependsOnViews() {
    classes()
        .should(
            Project.<JavaClass>holds(
                "use no view of another package",
                type ->
                    type.getDirectDependenciesFromSelf().stream()
                        .filter(d -> Project.isView(d.getTargetClass()))
                        .filter(d -> !isShared(type, d.getTargetClass()))
                        .filter(d -> d.getTargetClass().getPackage() != type.getPackage())
                        .map(d -> d.getDescription())
                        .findFirst()))
        .check(Project.CLASSES);
  }

  private static boolean isShared(JavaClass from, JavaClass to) {
    return from.getPackageName().equals("dev.sallyport.appauth.ui")
        && SHARED_VIEWS.contains(Project.outermost(to).getSimpleName());
  }

  @Test
  void vaadinStaysInUi() {
    noClasses()
        .that(are("outside of the console", type -> !isConsole(type)))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.vaadin..")
        .check(Project.CLASSES);
  }

  @Test
  void viewsNeverTouchPersistence() {
    noClasses()
        .that(are("of the console", EdgesTest::isConsole))
        .should()
        .dependOnClassesThat(are("persistence", EdgesTest::isPersistence).as("reach the database"))
        .allowEmptyShould(true)
        .check(Project.CLASSES);
  }

  private static boolean isConsole(JavaClass type) {
    return Project.isView(type) || Project.isIn(type, "console");
  }

  private static boolean isPersistence(JavaClass type) {
    return type.getPackageName().startsWith("jakarta.persistence")
        || type.getPackageName().equals("java.sql")
        || type.getPackageName().equals("javax.sql")
        || type.getName().equals("dev.sallyport.persistence.Sql");
  }

  // They hold the open event streams of REST callers.
  private static final Set<String> STREAMS =
      Set.of(
          "dev.sallyport.appsessions.SessionChanges", "dev.sallyport.appsessions.ChangeListener");

  @Test
  void jaxRsStaysAtTheEdge() {
    noClasses()
        .that(
            are(
                "named for no edge",
                type ->
                    !REST_NAME.matcher(Project.outermost(type).getSimpleName()).matches()
                        && !STREAMS.contains(Project.outermost(type).getName())))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("jakarta.ws.rs..")
        .check(Project.CLASSES);
  }

  @Test
  void onlyServicesAndStoresHoldAnEntityManager() {
    classes()
        .that(
            are(
                "holders of an EntityManager",
                type ->
                    type.getFields().stream()
                        .anyMatch(
                            f ->
                                f.getRawType()
                                    .getName()
                                    .equals("jakarta.persistence.EntityManager"))))
        .should(
            Project.<JavaClass>holds(
                "be an EJB or a package-private store",
                type ->
                    Project.isBean(type)
                            || type.getSimpleName().endsWith("Store") && !Project.isPublic(type)
                        ? Optional.empty()
                        : Optional.of(type.getName() + " holds an EntityManager")))
        .check(Project.CLASSES);
  }

  @Test
  void entitiesArePackagePrivate() {
    classes()
        .that(are("entities", EdgesTest::isEntity))
        .should()
        .bePackagePrivate()
        .check(Project.CLASSES);
  }

  @Test
  void entitiesNeverCrossTheApi() {
    classes()
        .that(are("public, and no entities", type -> Project.isPublic(type) && !isEntity(type)))
        .should(
            Project.<JavaClass>holds(
                "show no entity",
                type ->
                    shown(type)
                        .filter(EdgesTest::isEntity)
                        .map(e -> type.getName() + " shows the entity " + e.getName())
                        .findFirst()))
        .check(Project.CLASSES);
  }

  /// Every type in the public signatures of a class, also those within `List<…>`.
  private static Stream<JavaClass> shown(JavaClass type) {
    Stream<JavaClass> fields =
        type.getFields().stream()
            .filter(f -> f.getModifiers().contains(JavaModifier.PUBLIC))
            .map(JavaField::getType)
            .flatMap(t -> t.getAllInvolvedRawTypes().stream());
    Stream<JavaClass> signatures =
        type.getCodeUnits().stream()
            .filter(unit -> unit.getModifiers().contains(JavaModifier.PUBLIC))
            .flatMap(EdgesTest::involved);
    return Stream.concat(fields, signatures);
  }

  static Stream<JavaClass> involved(JavaCodeUnit unit) {
    return Stream.concat(Stream.of(unit.getReturnType()), unit.getParameterTypes().stream())
        .flatMap(t -> t.getAllInvolvedRawTypes().stream());
  }

  private static boolean isEntity(JavaClass type) {
    return Project.hasAny(type, "jakarta.persistence.Entity", "jakarta.persistence.Embeddable");
  }

  private static DescribedPredicate<JavaClass> are(
      String description, Predicate<JavaClass> predicate) {
    return Project.that("are " + description, predicate);
  }
}
