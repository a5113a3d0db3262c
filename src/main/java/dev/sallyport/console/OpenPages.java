package dev.sallyport.console;

import com.vaadin.flow.server.VaadinSession;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;

/// The pages that a browser has open.
public final class OpenPages {
  private OpenPages() {}

  /// Closes all of them and forgets what the server kept for them. Each under its lock: one may be
  /// pushing to its page at this moment.
  public static void close(HttpServletRequest request) {
    HttpSession kept = request.getSession(false);
    if (kept == null) {
      return;
    }
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
