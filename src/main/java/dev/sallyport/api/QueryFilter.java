package dev.sallyport.api;

import dev.sallyport.problem.FieldErrors;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.ext.Provider;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/// Refuses query parameters that the path does not know, as unknown fields of bodies are. A filter
/// with a slip of the pen would narrow nothing otherwise, and end what nobody meant to end.
@Provider
public class QueryFilter implements ContainerRequestFilter {
  @Context ResourceInfo resource;

  @Override
  public void filter(ContainerRequestContext request) {
    var given = request.getUriInfo().getQueryParameters().keySet();
    if (given.isEmpty()) {
      return;
    }
    SortedSet<String> known = known(resource.getResourceMethod());
    String right =
        known.isEmpty() ? "this takes none." : "there are " + String.join(", ", known) + ".";
    var errors = new FieldErrors();
    given.forEach(
        name -> errors.addIf(!known.contains(name), name, "is no parameter here; " + right));
    errors.throwIfAny();
  }

  private static SortedSet<String> known(Method method) {
    var names = new TreeSet<String>();
    Arrays.stream(method.getParameters())
        .flatMap(QueryFilter::declared)
        .map(declared -> declared.getAnnotation(QueryParam.class))
        .forEach(declared -> names.add(declared.value()));
    return names;
  }

  private static Stream<AnnotatedElement> declared(Parameter parameter) {
    Stream<? extends AnnotatedElement> places =
        parameter.isAnnotationPresent(BeanParam.class)
            ? Arrays.stream(parameter.getType().getDeclaredFields())
            : Stream.of(parameter);
    return places
        .filter(place -> place.isAnnotationPresent(QueryParam.class))
        .map(AnnotatedElement.class::cast);
  }
}
