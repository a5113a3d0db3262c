package dev.sallyport.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import jakarta.ws.rs.HttpMethod;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What can be called from outside.
final class Endpoints {
  private Endpoints() {}

  /// A method that JAX-RS calls: with an HTTP method, or a sub-resource locator.
  static boolean isRest(JavaMethod method) {
    return Project.isOurs(method.getOwner())
        && (method.isMetaAnnotatedWith("jakarta.ws.rs.HttpMethod")
            || method.isAnnotatedWith("jakarta.ws.rs.Path"));
  }

  static boolean isServlet(JavaClass type) {
    return type.isAssignableTo("jakarta.servlet.Servlet")
        && !type.getModifiers().contains(JavaModifier.ABSTRACT);
  }

  static boolean isView(JavaClass type) {
    return type.isAnnotatedWith("com.vaadin.flow.router.Route");
  }

  /// Where a REST method is reached, with its templates.
  static String restPath(Method method) {
    return Stream.of(method.getDeclaringClass(), method)
        .map(element -> element.getAnnotation(jakarta.ws.rs.Path.class))
        .filter(path -> path != null)
        .map(path -> path.value().replaceAll("^/|/$", ""))
        .collect(Collectors.joining("/", "/api/v1/", ""));
  }

  /// Its HTTP method; nothing for a locator.
  static String verb(Method method) {
    return Arrays.stream(method.getAnnotations())
        .map(Annotation::annotationType)
        .filter(type -> type.isAnnotationPresent(HttpMethod.class))
        .map(Class::getSimpleName)
        .collect(Collectors.joining(" "));
  }
}
