package dev.sallyport.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.library.GeneralCodingRules;
import dev.sallyport.cluster.DatabaseReady;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// How the code goes about time, errors and output.
class BehaviourTest {
  @Test
  void timeComesFromAClock() {
    noClasses()
        .that(
            Project.that(
                "are not the one that makes the clock",
                type -> !type.getName().equals("dev.sallyport.config.SettingsProducer")))
        .should()
        .accessTargetWhere(
            Project.<JavaAccess<?>>that("reads the wall clock", BehaviourTest::readsWallClock))
        .check(Project.CLASSES);
  }

  /// What a node's clock would decide for all of them: one that was set must not end, drop or let
  /// in what the others would not.
  @Test
  void whatAllNodesShareGoesByTheDatabasesClock() {
    Set<String> shared =
        Set.of(
            "apps.LeaseSweeper",
            "apps.UpstreamReports",
            "appsessions.ActivityStore",
            "appsessions.BlockStore",
            "appsessions.OpeningStore",
            "appsessions.PersonSessions",
            "appsessions.SessionEnding",
            "nodes.NodeBeat",
            "nodes.NodeService");
    assertThat(Project.CLASSES.stream().map(BehaviourTest::shortName)).containsAll(shared);
    noClasses()
        .that(Project.that("act for all nodes", type -> shared.contains(shortName(type))))
        .should()
        .dependOnClassesThat()
        .areAssignableTo(Clock.class)
        .check(Project.CLASSES);
  }

  /// Calls come in by it: what they need must stand before.
  @Test
  void theDoorOpensAfterAllThatWaitsForTheDatabase() {
    Map<String, Integer> starts = new TreeMap<>();
    for (JavaClass type : Project.CLASSES) {
      for (JavaMethod method : type.getMethods()) {
        method.getParameters().stream()
            .filter(parameter -> parameter.getRawType().isEquivalentTo(DatabaseReady.class))
            .filter(parameter -> parameter.isAnnotatedWith(Observes.class))
            .map(parameter -> parameter.getAnnotationOfType(Priority.class).value())
            .forEach(priority -> starts.put(shortName(type), priority));
      }
    }
    Integer door = starts.remove("gateway.DoorKeeper");
    assertThat(starts).isNotEmpty();
    assertThat(starts.values()).allMatch(priority -> priority < door);
  }

  private static String shortName(JavaClass type) {
    return type.getName().substring(Project.BASE.length()).replaceFirst("^\\.", "");
  }

  private static boolean readsWallClock(JavaAccess<?> access) {
    String owner = access.getTargetOwner().getName();
    String name = access.getName();
    boolean isNow = owner.startsWith("java.time.") && name.equals("now") && !takesClock(access);
    boolean isSystemClock = owner.equals("java.time.Clock") && name.matches("system.*|tick.*");
    boolean isMillis = owner.equals("java.lang.System") && name.equals("currentTimeMillis");
    boolean isDate =
        owner.equals("java.util.Date")
            && name.equals("<init>")
            && access.getTarget().getFullName().endsWith("<init>()");
    return isNow || isSystemClock || isMillis || isDate;
  }

  private static boolean takesClock(JavaAccess<?> access) {
    return access.getTarget().getFullName().contains("java.time.Clock)");
  }

  /// Without it, EJB callers would get an EJBException, and the transaction would commit.
  @Test
  void domainErrorsReachTheCallerUnwrapped() {
    classes()
        .that()
        .haveFullyQualifiedName("dev.sallyport.problem.SallyportException")
        .should(
            Project.<JavaClass>holds(
                "roll back and reach the caller as they are",
                type -> {
                  var annotation = type.tryGetAnnotationOfType("jakarta.ejb.ApplicationException");
                  boolean rollsBack =
                      annotation.isPresent()
                          && annotation.get().get("rollback").equals(Optional.of(true));
                  return rollsBack
                      ? Optional.empty()
                      : Optional.of(type.getName() + " does not roll back");
                }))
        .check(Project.CLASSES);
  }

  /// A checked exception out of an EJB does not roll back.
  @Test
  void servicesThrowNothingChecked() {
    methods()
        .that(
            Project.<JavaMethod>that(
                "are public methods of an EJB",
                m ->
                    Project.isBean(m.getOwner()) && m.getModifiers().contains(JavaModifier.PUBLIC)))
        .should(
            Project.<JavaMethod>holds(
                "throw nothing checked",
                method ->
                    method.getThrowsClause().getTypes().stream()
                        .filter(type -> !type.isAssignableTo(RuntimeException.class))
                        .map(type -> method.getFullName() + " throws " + type.getName())
                        .findFirst()))
        .check(Project.CLASSES);
  }

  // Thrown for what no caller can help: they end as 500, a failed start, or within their package.
  private static final Set<String> UNFORESEEN =
      Set.of(
          "dev.sallyport.persistence.SqlFailedException",
          "dev.sallyport.config.BadSettingsException",
          "dev.sallyport.connections.remote.DiscoveryException",
          "dev.sallyport.gateway.relay.AddressRefusedException");

  @Test
  void refusalsAreSallyportExceptions() {
    classes()
        .that()
        .areAssignableTo(RuntimeException.class)
        .and(Project.that("are not on the list", type -> !UNFORESEEN.contains(type.getName())))
        .should()
        .haveFullyQualifiedName("dev.sallyport.problem.SallyportException")
        .check(Project.CLASSES);
  }

  @Test
  void nothingIsPrinted() {
    // Runs on the command line, before there is a log.
    GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(
        Project.CLASSES.that(
            Project.that(
                "are no command", type -> !type.getName().endsWith(".config.SettingsCheck"))));
  }
}
