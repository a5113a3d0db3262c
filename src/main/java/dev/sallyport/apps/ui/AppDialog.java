package dev.sallyport.apps.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import dev.sallyport.apps.AppDetails;
import dev.sallyport.apps.AppService;
import dev.sallyport.console.Actions;
import dev.sallyport.console.Notices;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The form of an app, to register one or to change one.
final class AppDialog extends Dialog {
  private final AppForm form = new AppForm();
  private final @Nullable AppDetails app;

  /// `done` is told the app as it is now.
  AppDialog(
      @Nullable AppDetails app, AppService apps, Actions actions, Consumer<AppDetails> done) {
    this.app = app;
    setHeaderTitle(app == null ? "Register an app" : "Change " + app.name());
    setWidth("46rem");
    setCloseOnOutsideClick(false);
    if (app != null) {
      form.read(app);
    }
    add(form);
    Button save = new Button(app == null ? "Register" : "Save", click -> save(apps, actions, done));
    save.addThemeVariants(ButtonVariant.PRIMARY);
    getFooter().add(new Button("Cancel", click -> close()), save);
  }

  private void save(AppService apps, Actions actions, Consumer<AppDetails> done) {
    AppDetails old = app;
    actions
        .call(
            () ->
                old == null
                    ? apps.create(form.input())
                    : apps.update(old.id(), old.revision(), form.input()),
            form.fields())
        .ifPresent(
            saved -> {
              close();
              Notices.success("“" + saved.name() + "” " + (old == null ? "registered." : "saved."));
              done.accept(saved);
            });
  }
}
