package dev.sallyport.apps.ui;

import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import dev.sallyport.apps.AppDetails;
import dev.sallyport.apps.AppInput;
import dev.sallyport.apps.UpstreamInput;
import dev.sallyport.console.ChipsField;
import dev.sallyport.console.FieldRows;
import dev.sallyport.console.Fields;
import dev.sallyport.problem.FieldErrors;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Every field of an app.
final class AppForm extends Div {
  private final TextField name = new TextField("Name");
  private final TextField uri = new TextField("Address");
  private final TextArea description = new TextArea("Description");
  private final FieldRows<PairRow> labels =
      new FieldRows<>(
          "Labels",
          "Trusted issuers choose apps by their labels, for example env = prod.",
          "Add label",
          () -> new PairRow("key", "value"));
  private final FieldRows<PairRow> upstreams =
      new FieldRows<>(
          "Upstreams",
          "The addresses that serve this app. Without any, the address above is the only one.",
          "Add upstream",
          () -> new PairRow("name", "http://host:port/path"));
  private final ChipsField upstreamHosts = new ChipsField("Other hosts that upstreams may be on");
  private final ChipsField allowedOrigins = new ChipsField("Web pages that may call it (origins)");
  private final TextField publicAddress = new TextField("Address in a browser");
  private final TrafficFields traffic = new TrafficFields();
  private final Checkbox discoverable = new Checkbox("Clients may discover how to sign in", true);

  AppForm() {
    addClassName("sp-form");
    explain();
    add(name, uri, description, labels, upstreams, upstreamHosts, allowedOrigins, publicAddress);
    add(discoverable, traffic);
  }

  private void explain() {
    name.setRequired(true);
    name.setPlaceholder("everything");
    name.setHelperText("Stands in the URL that clients call: a-z, 0-9 and -.");
    uri.setRequired(true);
    uri.setPlaceholder("mcp+https://mcp.example.com/mcp");
    uri.setHelperText("mcp+http(s)://… for an MCP server, http(s)://… for an HTTP app.");
    description.setValueChangeMode(ValueChangeMode.ON_BLUR);
    description.setMaxLength(1_000);
    upstreamHosts.setHelperText("Upstreams are on the address's host, or on one of these.");
    allowedOrigins.setPlaceholder("https://app.example.com");
    allowedOrigins.setHelperText(
        "Type one and press Enter. Calls without an Origin are not asked.");
    publicAddress.setPlaceholder("https://wiki.apps.example.com");
    publicAddress.setHelperText(
        "For HTTP apps that people open in a browser: a host of their own, never this console's.");
    discoverable.setHelperText(
        "Publishes protected-resource metadata, so that MCP clients find the issuers. Without it,"
            + " the app looks like none to whoever has no token for it.");
    for (var field : List.of(name, uri, publicAddress)) {
      field.setWidthFull();
    }
    description.setWidthFull();
  }

  void read(AppDetails app) {
    name.setValue(app.name());
    uri.setValue(app.uri());
    description.setValue(app.description());
    labels.clear();
    LabelBadges.written(app.labels()).forEach((key, value) -> labels.append().with(key, value));
    upstreams.clear();
    // What reports itself comes and goes by itself.
    app.upstreams().stream()
        .filter(u -> u.lease() == null)
        .forEach(u -> upstreams.append().with(u.name(), u.url()));
    upstreamHosts.setTexts(app.upstreamHosts());
    allowedOrigins.setTexts(app.allowedOrigins());
    String address = app.publicAddress();
    publicAddress.setValue(address == null ? "" : address);
    discoverable.setValue(app.discoverable());
    traffic.read(app.traffic());
  }

  /// What is asked for; refuses what the shape of the request could not say.
  AppInput input() {
    return new AppInput(
        name.getValue().strip(),
        description.getValue().strip(),
        uri.getValue().strip(),
        labelMap(),
        upstreams.filled().stream()
            .map(r -> new UpstreamInput(r.leftText(), r.rightText()))
            .toList(),
        allowedOrigins.texts(),
        upstreamHosts.texts(),
        discoverable.getValue(),
        publicAddress.isEmpty() ? null : publicAddress.getValue().strip(),
        traffic.traffic());
  }

  private Map<String, String> labelMap() {
    var map = new LinkedHashMap<String, String>();
    var twice = new FieldErrors();
    for (PairRow row : labels.filled()) {
      if (map.put(row.leftText(), row.rightText()) != null) {
        twice.add("labels." + row.leftText(), "stands twice.");
      }
    }
    twice.throwIfAny();
    return map;
  }

  /// Where each problem belongs, as the rows stand now.
  Fields fields() {
    Fields fields =
        new Fields()
            .bind("name", name)
            .bind("uri", uri)
            .bind("description", description)
            .bind("labels", labels)
            .bind("upstreams", upstreams)
            .bind("upstreamHosts", upstreamHosts)
            .bind("allowedOrigins", allowedOrigins)
            .bind("publicAddress", publicAddress);
    labels.filled().forEach(row -> fields.bind("labels." + row.leftText(), row.left));
    traffic.bind(fields);
    int index = 0;
    for (PairRow row : upstreams.filled()) {
      String path = "upstreams[" + index++ + "]";
      fields.bind(path + ".name", row.left).bind(path + ".url", row.right);
    }
    return fields;
  }
}
