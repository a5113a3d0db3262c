package dev.sallyport.testing.idp;

import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.form.FormData;
import io.undertow.server.handlers.form.FormDataParser;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The parameters of a request: of its body, or of its query.
record Form(Map<String, List<String>> values) {
  static Form ofBody(HttpServerExchange exchange) {
    FormData data = exchange.getAttachment(FormDataParser.FORM_DATA);
    Map<String, List<String>> values = new HashMap<>();
    if (data != null) {
      for (String name : data) {
        values.put(name, data.get(name).stream().map(FormData.FormValue::getValue).toList());
      }
    }
    return new Form(values);
  }

  static Form ofQuery(HttpServerExchange exchange) {
    Map<String, List<String>> values = new HashMap<>();
    for (Map.Entry<String, Deque<String>> entry : exchange.getQueryParameters().entrySet()) {
      values.put(entry.getKey(), List.copyOf(entry.getValue()));
    }
    return new Form(values);
  }

  /// The first value; empty when there is none.
  String first(String name) {
    List<String> all = all(name);
    return all.isEmpty() ? "" : all.getFirst();
  }

  List<String> all(String name) {
    return values.getOrDefault(name, List.of());
  }

  boolean has(String name) {
    return values.containsKey(name);
  }
}
