package dev.sallyport.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Which packages there are and who may use whom.
class ShapeTest {
  private static final Pattern BANNED_NAME = Pattern.compile(".*(Impl|Manager|Helper|Utils?)");
  private static final Pattern BANNED_PACKAGE =
      Pattern.compile(".*\\.(common|utils?|helpers?|impl|dto|model|exceptions?)(\\..*)?");

  @Test
  void importWhenCompiledThenHoldsTheProject() {
    assertThat(Project.CLASSES.size()).isGreaterThan(200);
  }

  @Test
  void everyPackageHasATier() {
    classes()
        .should(
            Project.<JavaClass>holds(
                "lie in a package with a tier",
                type ->
                    Tier.of(type).isPresent()
                        ? Optional.empty()
                        : Optional.of(type.getName() + " lies in a package without a tier")))
        .check(Project.CLASSES);
  }

  @Test
  void topLevelPackagesAreFreeOfCycles() {
    slices().matching("dev.sallyport.(*)..").should().beFreeOfCycles().check(Project.CLASSES);
  }

  @Test
  void dependenciesPointDownTheTiers() {
    classes().should(useNone("a tier above their own", Tier::isUpward)).check(Project.CLASSES);
  }

  @Test
  void featuresImportOnlyListedFeatures() {
    classes()
        .should(useNone("a feature that no arrow leads to", Tier::isUnlisted))
        .check(Project.CLASSES);
  }

  /// A formatter that breaks a line of a doc comment goes on with a plain one.
  @Test
  void docCommentsAreWhole() throws IOException {
    Pattern broken = Pattern.compile("^ *///.*\\R *// ", Pattern.MULTILINE);
    try (Stream<Path> sources = Files.walk(Path.of("src"))) {
      assertThat(sources.filter(file -> file.toString().endsWith(".java")).toList())
          .allSatisfy(file -> assertThat(Files.readString(file)).doesNotContainPattern(broken));
    }
  }

  private static ArchCondition<JavaClass> useNone(
      String what, BiPredicate<JavaClass, JavaClass> isWrong) {
    return new ArchCondition<>("use no class of " + what) {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
          JavaClass target = dependency.getTargetClass().getBaseComponentType();
          if (Project.isOurs(target) && isWrong.test(type, target)) {
            events.add(SimpleConditionEvent.violated(type, dependency.getDescription()));
          }
        }
      }
    };
  }

  @Test
  void packagesAreAtMostTwoLevelsDeep() {
    assertThat(packages())
        .extracting(JavaPackage::getName)
        .allSatisfy(name -> assertThat(name.split("\\.")).hasSizeBetween(3, 4));
  }

  @Test
  void packagesAreNullMarkedAndDocumented() {
    assertThat(packages())
        .allSatisfy(
            p ->
                assertThat(p.tryGetPackageInfo())
                    .as("package-info of %s", p.getName())
                    .hasValueSatisfying(
                        info ->
                            assertThat(info.isAnnotatedWith("org.jspecify.annotations.NullMarked"))
                                .as("@NullMarked on %s", p.getName())
                                .isTrue()));
  }

  private static List<JavaPackage> packages() {
    return Project.CLASSES.stream()
        .map(JavaClass::getPackage)
        .distinct()
        .filter(p -> p.getName().startsWith(Project.BASE))
        .toList();
  }

  @Test
  void namesSayWhatThingsAre() {
    classes()
        .should(
            Project.<JavaClass>holds(
                "have a name that says something",
                type ->
                    BANNED_NAME.matcher(type.getSimpleName()).matches()
                            || BANNED_PACKAGE.matcher(type.getPackageName()).matches()
                        ? Optional.of(type.getName() + " has a banned name")
                        : Optional.empty()))
        .check(Project.CLASSES);
  }
}
