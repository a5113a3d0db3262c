package dev.sallyport.console;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.UIDetachedException;
import com.vaadin.flow.server.VaadinSession;
import com.vaadin.flow.shared.Registration;
import dev.sallyport.authz.Authenticators;
import dev.sallyport.authz.CallContext;
import dev.sallyport.cluster.Change;
import dev.sallyport.cluster.ChangesApplied;
import dev.sallyport.cluster.FeedReset;
import dev.sallyport.config.Settings;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Keeps open views current. One ticker asks each view's question every two seconds, in the name
/// of its viewer, and pushes when the answer differs from the last; an answer that stays is shown
/// again now and then, because "2 min ago" doesn't.
@ApplicationScoped
public class LiveUpdates {
  private static final Logger LOG = Logger.getLogger(LiveUpdates.class);
  private static final int TICK_SECONDS = 2;
  private static final long REDRAW_NANOS = Duration.ofSeconds(30).toNanos();

  @Inject Settings settings;
  @Inject Authenticators authenticators;

  private final List<Follower<?>> followers = new CopyOnWriteArrayList<>();
  private final AtomicLong changes = new AtomicLong();
  private @Nullable ScheduledExecutorService ticker;
  // Touched by reads of the feed only, of which there is one at a time.
  private boolean isTickDue;

  /// Asks from now on, until the view is closed. The question runs outside of the view and must not
  /// touch it; `onChange` runs inside.
  public <T> Registration follow(Component view, Supplier<T> question, Consumer<T> onChange) {
    Follower<T> follower =
        new Follower<>(
            view.getUI().orElseThrow(), Viewer.ofCurrentRequest(settings), question, onChange);
    followers.add(follower);
    startTicking();
    Registration detached = view.addDetachListener(detach -> followers.remove(follower));
    return () -> {
      followers.remove(follower);
      detached.remove();
    };
  }

  /// Shows nothing new, but leads to the sign-in page when the viewer's session is over.
  public Registration watch(Component view) {
    return follow(view, () -> "", nothing -> {});
  }

  /// Counts what the feed brought. As a part of an answer it makes views refresh on every change.
  public long changes() {
    return changes.get();
  }

  void changed(@Observes Change change) {
    changes.incrementAndGet();
    if (change.kind() == Change.Kind.CONSOLE_SESSION_ENDED) {
      distrust(change.ref());
    }
  }

  void reset(@Observes FeedReset reset) {
    changes.incrementAndGet();
    distrust(Change.ALL);
  }

  private void distrust(String session) {
    followers.forEach(follower -> follower.viewer.distrust(session));
    isTickDue = true;
  }

  void applied(@Observes ChangesApplied read) {
    if (isTickDue) {
      isTickDue = false;
      tickNow();
    }
  }

  private synchronized void tickNow() {
    if (ticker != null) {
      ticker.execute(this::tick);
    }
  }

  private synchronized void startTicking() {
    if (ticker == null) {
      ticker = Executors.newSingleThreadScheduledExecutor(LiveUpdates::thread);
      ticker.scheduleWithFixedDelay(this::tick, TICK_SECONDS, TICK_SECONDS, TimeUnit.SECONDS);
    }
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "sallyport-console");
    thread.setDaemon(true);
    thread.setContextClassLoader(LiveUpdates.class.getClassLoader());
    return thread;
  }

  @PreDestroy
  synchronized void stop() {
    if (ticker != null) {
      ticker.shutdownNow();
    }
  }

  private void tick() {
    for (Follower<?> follower : followers) {
      try {
        follower.ask();
      } catch (UIDetachedException e) {
        followers.remove(follower);
      } catch (RuntimeException e) {
        LOG.debug("a view could not be refreshed", e);
      }
    }
  }

  private final class Follower<T> {
    private final UI ui;
    private final Viewer viewer;
    private final Supplier<T> question;
    private final Consumer<T> onChange;
    private T last;
    private long shownAt = System.nanoTime();

    Follower(UI ui, Viewer viewer, Supplier<T> question, Consumer<T> onChange) {
      this.ui = ui;
      this.viewer = viewer;
      this.question = question;
      this.onChange = onChange;
      // Asked at once, or what happens before the first tick would never show.
      last = question.get();
    }

    void ask() {
      CallContext context = viewer.context(authenticators);
      if (context.actor().isAnonymous()) {
        followers.remove(this);
        context.run(() -> ui.access(() -> leave(ui)));
        return;
      }
      // The push at the end of `access` reads lazily loaded rows: it needs the identity as well.
      context.run(() -> answer(question.get()));
    }

    /// The reload finds nobody signed in and leads to the sign-in page. The socket is closed
    /// behind it: what is left open could only serve somebody who ignores the reload.
    private static void leave(UI ui) {
      ui.getPage().reload();
      ui.push();
      VaadinSession session = ui.getSession();
      if (session != null) {
        // Else its next request was faster.
        session.removeUI(ui);
      }
    }

    private void answer(T now) {
      T before = last;
      last = now;
      if (!Objects.equals(before, now) || System.nanoTime() - shownAt > REDRAW_NANOS) {
        shownAt = System.nanoTime();
        ui.access(() -> onChange.accept(now));
      }
    }
  }
}
