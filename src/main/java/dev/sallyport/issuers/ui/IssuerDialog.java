package dev.sallyport.issuers.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.TextField;
import dev.sallyport.console.Actions;
import dev.sallyport.console.Fields;
import dev.sallyport.console.Notices;
import dev.sallyport.issuers.IssuerDetails;
import dev.sallyport.issuers.IssuerInput;
import dev.sallyport.issuers.IssuerService;

/// Changes an issuer: its keys, the claim that names a person, and whether clients sign in there.
final class IssuerDialog extends Dialog {
  private final IssuerDetails issuer;
  private final KeySourceFields keys = new KeySourceFields();
  private final TextField subjectClaim = new TextField("Subject claim");
  private final Checkbox signIn = new Checkbox("MCP clients are told to sign in there");

  IssuerDialog(IssuerDetails issuer, IssuerService issuers, Actions actions, Runnable done) {
    this.issuer = issuer;
    setHeaderTitle("Change issuer");
    setWidth("40rem");
    Paragraph iss = new Paragraph(issuer.issuer());
    iss.addClassName("sp-strong");
    keys.read(issuer.jwksUrl(), issuer.staticJwks());
    subjectClaim.setValue(issuer.subjectClaim());
    subjectClaim.setHelperText("Another claim makes other persons of the same tokens.");
    subjectClaim.setWidthFull();
    signIn.setValue(issuer.authorizationServer());
    Div form = new Div(iss, keys, subjectClaim, signIn);
    form.addClassName("sp-form");
    add(form);
    Button save = new Button("Save", click -> save(issuers, actions, done));
    save.addThemeName("primary");
    getFooter().add(new Button("Cancel", click -> close()), save);
  }

  private void save(IssuerService issuers, Actions actions, Runnable done) {
    Fields fields =
        new Fields()
            .bind("jwksUrl", keys.shown())
            .bind("staticJwks", keys.shown())
            .bind("subjectClaim", subjectClaim);
    if (actions.change(() -> issuers.update(issuer.id(), issuer.revision(), input()), fields)) {
      close();
      Notices.success("Issuer changed. Sessions opened with its tokens are checked again.");
      done.run();
    }
  }

  private IssuerInput input() {
    return new IssuerInput(
        issuer.issuer(),
        keys.url(),
        keys.staticKeys(""),
        subjectClaim.getValue().strip(),
        signIn.getValue());
  }
}
