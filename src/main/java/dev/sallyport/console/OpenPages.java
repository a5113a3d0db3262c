package dev.sallyport.console;

import com.vaadin.flow.server.VaadinSession;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import org.jboss.logging.Logger;

/// The pages that a browser has open.
public final class OpenPages {
  private static final Logger LOG = Logger.getLogger(OpenPages.class);

  private OpenPages() {}

  /// Closes all of them and forgets what the server kept for them. Each under its lock: one may be
  /// pushing to its page at this moment.
  public static void close(HttpServletRequest request) {
    HttpSession kept = request.getSession(false);
    if (kept == null) {
      return;
    }
    try {
      close(kept);
    } catch (IllegalStateException e) {
      // Another request of this browser has just done it.
      LOG.debug("the pages were closed already", e);
    }
  }

  private static void close(HttpSession kept) {
    for (VaadinSession pages : VaadinSession.getAllSessions(kept)) {
      pages.lock();
      try {
        pages.close();
      } finally {
        pages.unlock();
      }
    }
    kept.invalidate();
  }
}
