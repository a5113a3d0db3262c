package dev.sallyport.apps.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import dev.sallyport.apps.AppDetails;
import dev.sallyport.apps.AppService;
import dev.sallyport.console.Actions;
import dev.sallyport.console.FieldRows;
import dev.sallyport.console.Notices;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The form of an app, to register one or to change one.
final class AppDialog extends Dialog {
  private final AppForm form = new AppForm();
  private final @Nullable AppDetails app;

  /// `whenSaved` is told the app as it is now.
  AppDialog(
      @Nullable AppDetails app, AppService apps, Actions actions, Consumer<AppDetails> whenSaved) {
    this.app = app;
    setHeaderTitle(app == null ? "Register an app" : "Change " + app.name());
    setWidth("46rem");
    setCloseOnOutsideClick(false);
    if (app != null) {
      form.read(app);
    }
    add(form);
    Button save =
        new Button(app == null ? "Register" : "Save", click -> save(apps, actions, whenSaved));
    save.addThemeVariants(ButtonVariant.PRIMARY);
    getFooter().add(new Button("Cancel", click -> close()), save);
  }

  private void save(AppService apps, Actions actions, Consumer<AppDetails> whenSaved) {
    AppDetails old = app;
    Optional<AppDetails> saved =
        actions.call(
            () ->
                old == null
                    ? apps.create(form.input())
                    : apps.update(old.id(), old.revision(), form.input()),
            form.fields());
    if (saved.isEmpty()) {
      FieldRows.showFirstError(form);
      return;
    }
    close();
    String done = old == null ? "registered." : "saved.";
    Notices.success("“" + saved.get().name() + "” " + done);
    whenSaved.accept(saved.get());
  }
}
