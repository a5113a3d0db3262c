package dev.sallyport.api;

import dev.sallyport.cluster.ChangeFeed;
import jakarta.inject.Inject;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.ext.Provider;

/// Whoever made a change by REST finds it applied on this node when the answer comes.
@Provider
public class CatchUpFilter implements ContainerResponseFilter {
  @Inject ChangeFeed feed;

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    if (!HttpMethod.GET.equals(request.getMethod()) && response.getStatus() < 300) {
      feed.catchUp();
    }
  }
}
