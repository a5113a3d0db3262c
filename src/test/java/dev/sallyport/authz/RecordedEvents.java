package dev.sallyport.authz;

import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.NotificationOptions;
import jakarta.enterprise.util.TypeLiteral;
import java.lang.annotation.Annotation;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// Keeps what was fired, and tells nobody.
public final class RecordedEvents<T> implements Event<T> {
  private final List<T> fired = new ArrayList<>();
  private boolean fails;

  public List<T> fired() {
    return List.copyOf(fired);
  }

  /// The next one that is fired finds an observer that can't take it.
  public void failOnce() {
    fails = true;
  }

  @Override
  public void fire(T event) {
    if (fails) {
      fails = false;
      throw new IllegalStateException("an observer failed");
    }
    fired.add(event);
  }

  @Override
  public <U extends T> CompletionStage<U> fireAsync(U event) {
    fired.add(event);
    return CompletableFuture.completedFuture(event);
  }

  @Override
  public <U extends T> CompletionStage<U> fireAsync(U event, NotificationOptions options) {
    return fireAsync(event);
  }

  @Override
  public Event<T> select(Annotation... qualifiers) {
    return this;
  }

  @Override
  public <U extends T> Event<U> select(Class<U> subtype, Annotation... qualifiers) {
    throw new UnsupportedOperationException();
  }

  @Override
  public <U extends T> Event<U> select(TypeLiteral<U> subtype, Annotation... qualifiers) {
    throw new UnsupportedOperationException();
  }
}
