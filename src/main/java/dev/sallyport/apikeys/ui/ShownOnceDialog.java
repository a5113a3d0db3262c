package dev.sallyport.apikeys.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import dev.sallyport.apikeys.CreatedKey;
import dev.sallyport.console.CodeBlock;

/// Shows the value of a key, the only time that it can be seen.
final class ShownOnceDialog extends Dialog {
  ShownOnceDialog(CreatedKey created) {
    setHeaderTitle("The key “" + created.summary().name() + "”");
    setWidth("36rem");
    // A click beside it would lose the key for good.
    setCloseOnOutsideClick(false);
    setCloseOnEsc(false);
    Div body =
        new Div(
            new Paragraph(
                "Copy it now and keep it like a password: it is shown this once. Whoever has it can"
                    + " do all that it may."),
            new CodeBlock("API key", created.key().reveal()));
    body.addClassName("sp-form");
    add(body);
    Button close = new Button("I have copied it", click -> close());
    close.addThemeVariants(ButtonVariant.PRIMARY);
    getFooter().add(close);
  }
}
