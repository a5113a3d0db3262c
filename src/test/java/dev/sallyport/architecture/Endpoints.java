package dev.sallyport.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;

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
}
