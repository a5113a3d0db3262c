package dev.sallyport.api;

import dev.sallyport.problem.ProblemType;
import dev.sallyport.problem.SallyportException;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.Provider;

/// Refuses a caller that takes no JSON before anything is done for it: afterwards, the answer could
/// not be written, and a change would have been made all the same.
@Provider
public class AcceptFilter implements ContainerRequestFilter {
  @Context ResourceInfo resource;

  @Override
  public void filter(ContainerRequestContext request) {
    boolean answersJson = !resource.getResourceMethod().isAnnotationPresent(Produces.class);
    boolean takesJson =
        request.getAcceptableMediaTypes().stream()
            .anyMatch(MediaType.APPLICATION_JSON_TYPE::isCompatible);
    if (answersJson && !takesJson) {
      throw new SallyportException(ProblemType.NOT_ACCEPTABLE, ProblemType.NOT_ACCEPTABLE.cause());
    }
  }
}
