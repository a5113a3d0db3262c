package dev.sallyport.api;

import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.Provider;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;

/// A POST that says nothing at all is one of an empty object: it asks for what is usual. Without
/// this it would be refused for a media type that it does not have.
@Provider
@PreMatching
public class EmptyBodyFilter implements ContainerRequestFilter {
  @Override
  public void filter(ContainerRequestContext request) {
    boolean isSilent =
        request.getMethod().equals(HttpMethod.POST)
            && request.getMediaType() == null
            && request.getLength() <= 0
            && request.getHeaderString("Transfer-Encoding") == null;
    if (isSilent) {
      request.getHeaders().putSingle(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_JSON);
      request.setEntityStream(new ByteArrayInputStream("{}".getBytes(StandardCharsets.UTF_8)));
    }
  }
}
