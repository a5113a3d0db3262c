package dev.sallyport.testing.demo;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.PrintWriter;

/// Sends the headers of a listening stream at once. The SDK's transport sends them with the first
/// event, and until then a client does not know that it is listening.
public final class EarlyHeadersFilter extends HttpFilter {
  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    boolean listens = "GET".equals(request.getMethod());
    chain.doFilter(request, listens ? new EarlyHeaders(response) : response);
  }

  private static final class EarlyHeaders extends HttpServletResponseWrapper {
    EarlyHeaders(HttpServletResponse response) {
      super(response);
    }

    // The transport asks for the writer when all headers are set, and before another thread writes.
    @Override
    public PrintWriter getWriter() throws IOException {
      PrintWriter writer = super.getWriter();
      String type = getContentType();
      if (type != null && type.startsWith("text/event-stream")) {
        flushBuffer();
      }
      return writer;
    }
  }
}
