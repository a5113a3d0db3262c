package dev.sallyport.api;

import dev.sallyport.authz.NeedsCredential;
import dev.sallyport.authz.PublicEndpoint;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.security.SecurityRequirement;

/// Writes into the OpenAPI document which credentials each operation takes: any of the three, none
/// where the code says so, or what the method itself declares. Operations come named by class and
/// method, which leads to the annotations.
public class OperationSecurityFilter implements OASFilter {
  @Override
  public Operation filterOperation(Operation operation) {
    String name = operation.getOperationId();
    int end = name == null ? -1 : name.lastIndexOf('_');
    if (name == null || end < 0) {
      return operation;
    }
    String type = name.substring(0, end);
    if (operation.getSecurity() == null) {
      operation.setSecurity(isPublic(type, name.substring(end + 1)) ? List.of() : anyOfThree());
    }
    operation.setOperationId(name.substring(type.lastIndexOf('.') + 1));
    return operation;
  }

  private static List<SecurityRequirement> anyOfThree() {
    return Stream.of(
            ApiApplication.COOKIE_AUTH, ApiApplication.API_KEY_AUTH, ApiApplication.BEARER_AUTH)
        .map(scheme -> OASFactory.createSecurityRequirement().addScheme(scheme))
        .toList();
  }

  private static boolean isPublic(String type, String method) {
    try {
      ClassLoader loader = OperationSecurityFilter.class.getClassLoader();
      return Arrays.stream(Class.forName(type, false, loader).getDeclaredMethods())
          .filter(m -> m.getName().equals(method) && !m.isSynthetic())
          .anyMatch(OperationSecurityFilter::isPublic);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException("no class for the operation " + type, e);
    }
  }

  private static boolean isPublic(Method method) {
    return method.isAnnotationPresent(PublicEndpoint.class)
        && !method.isAnnotationPresent(NeedsCredential.class);
  }
}
