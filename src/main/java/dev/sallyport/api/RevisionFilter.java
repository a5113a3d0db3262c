package dev.sallyport.api;

import dev.sallyport.persistence.Revised;
import dev.sallyport.persistence.Revisions;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.ext.Provider;

/// Names the revision of what an answer shows, as the tag that a change must bring along.
@Provider
public class RevisionFilter implements ContainerResponseFilter {
  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    if (response.getEntity() instanceof Revised shown) {
      response.getHeaders().putSingle("ETag", Revisions.etag(shown.revision()));
    }
  }
}
