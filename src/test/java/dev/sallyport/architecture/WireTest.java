package dev.sallyport.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaParameter;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What REST takes and gives.
class WireTest {
  @Test
  void wireTypesAreRecords() {
    methods()
        .that(Project.that("are endpoints", Endpoints::isRest))
        .should(
            Project.<JavaMethod>holds(
                "take and give records, down to their last member",
                method ->
                    wireTypes(method).stream()
                        .filter(type -> !type.isRecord() && !type.isEnum())
                        .map(type -> method.getFullName() + ": " + type.getName())
                        .findFirst()))
        .check(Project.CLASSES);
  }

  @Test
  void wireTypesWhenCollectedThenNestedOnesToo() {
    Set<String> names = new LinkedHashSet<>();
    Project.CLASSES.stream()
        .flatMap(type -> type.getMethods().stream())
        .filter(Endpoints::isRest)
        .flatMap(method -> wireTypes(method).stream())
        .forEach(type -> names.add(type.getSimpleName()));
    assertThat(names).contains("AppInput", "AppDetails", "Page", "UpstreamDetails");
  }

  private static Set<JavaClass> wireTypes(JavaMethod method) {
    Set<JavaClass> found = new LinkedHashSet<>();
    Stream.concat(
            method.getReturnType().getAllInvolvedRawTypes().stream(),
            method.getParameters().stream()
                .filter(WireTest::isBody)
                .flatMap(p -> p.getType().getAllInvolvedRawTypes().stream()))
        .forEach(type -> collect(type.getBaseComponentType(), found));
    return found;
  }

  /// A parameter that JAX-RS fills from nothing else is the body.
  private static boolean isBody(JavaParameter parameter) {
    return parameter.getAnnotations().stream()
        .noneMatch(a -> a.getRawType().getPackageName().startsWith("jakarta.ws.rs"));
  }

  private static void collect(JavaClass type, Set<JavaClass> found) {
    if (!Project.isOurs(type) || !found.add(type)) {
      return;
    }
    type.getFields().stream()
        .filter(field -> !field.getModifiers().contains(JavaModifier.STATIC))
        .map(JavaField::getType)
        .flatMap(t -> t.getAllInvolvedRawTypes().stream())
        .forEach(t -> collect(t.getBaseComponentType(), found));
  }

  @Test
  void endpointsNeverTakeMaps() {
    methods()
        .that(Project.that("are endpoints", Endpoints::isRest))
        .should(
            Project.<JavaMethod>holds(
                "take and give no bare map",
                method ->
                    EdgesTest.involved(method).anyMatch(t -> t.isAssignableTo(Map.class))
                        ? Optional.of(method.getFullName() + " takes or gives a map")
                        : Optional.empty()))
        .check(Project.CLASSES);
  }
}
