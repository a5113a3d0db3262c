package dev.sallyport.apikeys.ui;

import dev.sallyport.apikeys.CreatedKey;
import dev.sallyport.console.Actions;
import dev.sallyport.console.Fields;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Runs what makes a new value, and passes the value on to be shown.
record KeyAction(Actions actions, Consumer<CreatedKey> show) {
  /// Answers whether it went through.
  boolean run(Supplier<CreatedKey> change, Fields fields) {
    var made = actions.call(change, fields);
    made.ifPresent(show);
    return made.isPresent();
  }
}
