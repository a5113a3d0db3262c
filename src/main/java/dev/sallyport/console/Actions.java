package dev.sallyport.console;

import dev.sallyport.cluster.ChangeFeed;
import dev.sallyport.problem.FieldProblem;
import dev.sallyport.problem.ProblemType;
import dev.sallyport.problem.SallyportException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// Runs service calls for views. What a service refuses is shown, at the fields where it can be; a
/// change that went through is applied on this node before the view shows anything again.
@ApplicationScoped
public class Actions {
  @Inject ChangeFeed feed;

  /// Makes a change; answers whether it went through.
  public boolean change(Runnable change) {
    return change(change, new Fields());
  }

  /// Makes a change that comes from a form; answers whether it went through.
  public boolean change(Runnable change, Fields fields) {
    return call(
            () -> {
              change.run();
              return true;
            },
            fields)
        .isPresent();
  }

  /// Makes a change that answers something; empty when it was refused.
  public <T> Optional<T> call(Supplier<T> change, Fields fields) {
    Optional<T> result = attempt(change, fields);
    if (result.isPresent()) {
      feed.catchUp();
    }
    return result;
  }

  /// Asks for something without changing anything; empty when it was refused.
  public <T> Optional<T> ask(Supplier<T> question) {
    return attempt(question, new Fields());
  }

  private static <T> Optional<T> attempt(Supplier<T> work, Fields fields) {
    fields.clear();
    try {
      return Optional.of(work.get());
    } catch (RuntimeException e) {
      show(Refusal.of(e), fields);
      return Optional.empty();
    }
  }

  private static void show(SallyportException refusal, Fields fields) {
    List<FieldProblem> homeless = fields.show(refusal.errors());
    if (refusal.errors().isEmpty()) {
      Notices.refused(refusal);
    } else if (!homeless.isEmpty()) {
      Notices.error(
          ProblemType.INVALID.title(),
          homeless.stream().map(FieldProblem::sentence).collect(Collectors.joining(" ")));
    }
  }
}
