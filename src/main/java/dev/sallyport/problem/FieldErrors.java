package dev.sallyport.problem;

import java.util.ArrayList;
import java.util.List;

/// Collects every wrong field of an input, so that the caller learns all of them at once.
public final class FieldErrors {
  private final List<FieldProblem> errors = new ArrayList<>();

  public void add(String field, String detail) {
    errors.add(new FieldProblem(field, detail));
  }

  public void addIf(boolean wrong, String field, String detail) {
    if (wrong) {
      add(field, detail);
    }
  }

  public boolean isEmpty() {
    return errors.isEmpty();
  }

  public List<FieldProblem> list() {
    return List.copyOf(errors);
  }

  /// Refuses with everything collected; returns when nothing was.
  public void throwIfAny() {
    if (!errors.isEmpty()) {
      throw SallyportException.invalid(errors);
    }
  }
}
