package dev.sallyport.architecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.properties.CanBeAnnotated;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/// The compiled main code, imported once, and the words that rules are said in.
final class Project {
  static final String BASE = "dev.sallyport";
  static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages(BASE);

  private Project() {}

  static boolean isOurs(JavaClass type) {
    return type.getPackageName().equals(BASE) || type.getPackageName().startsWith(BASE + ".");
  }

  /// The package right below the base, such as `apps` of `dev.sallyport.apps.ui`.
  static String topLevel(JavaClass type) {
    String rest = type.getPackageName().substring(BASE.length());
    return rest.isEmpty() ? "" : rest.substring(1).split("\\.", 2)[0];
  }

  static boolean isIn(JavaClass type, String... topLevelPackages) {
    return isOurs(type) && Set.of(topLevelPackages).contains(topLevel(type));
  }

  static boolean isView(JavaClass type) {
    return isOurs(type) && type.getPackageName().endsWith(".ui");
  }

  /// The outermost class around a nested or anonymous one.
  static JavaClass outermost(JavaClass type) {
    JavaClass outer = type;
    while (outer.getEnclosingClass().isPresent()) {
      outer = outer.getEnclosingClass().get();
    }
    return outer;
  }

  static boolean isPublic(JavaClass type) {
    return type.getModifiers().contains(JavaModifier.PUBLIC);
  }

  static boolean hasAny(CanBeAnnotated element, String... annotations) {
    for (String annotation : annotations) {
      if (element.isAnnotatedWith(annotation)) {
        return true;
      }
    }
    return false;
  }

  static boolean isBean(JavaClass type) {
    return hasAny(
        type,
        "jakarta.ejb.Stateless",
        "jakarta.ejb.Singleton",
        "jakarta.ejb.Stateful",
        "jakarta.ejb.MessageDriven");
  }

  static <T> DescribedPredicate<T> that(String description, Predicate<? super T> predicate) {
    return DescribedPredicate.describe(description, predicate::test);
  }

  /// A condition from a function that says what is wrong with an element, if anything is.
  static <T> ArchCondition<T> holds(String description, Function<T, Optional<String>> fault) {
    return new ArchCondition<>(description) {
      @Override
      public void check(T element, ConditionEvents events) {
        fault.apply(element).ifPresent(f -> events.add(SimpleConditionEvent.violated(element, f)));
      }
    };
  }
}
