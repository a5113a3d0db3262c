package dev.sallyport.appauth.ui;

import dev.sallyport.appauth.AppAuthConfigDetails;
import dev.sallyport.appauth.verification.AllowRule;
import dev.sallyport.appauth.verification.ConfigFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Configs in words.
final class ConfigTexts {
  static final String EVERYONE = "everyone at this issuer";
  static final String OWN_URL = "the app's own URL";

  private ConfigTexts() {}

  static String selector(Map<String, List<String>> selector) {
    var demanded = new TreeMap<>(selector);
    demanded.remove("*");
    if (demanded.isEmpty()) {
      return "every app";
    }
    return demanded.entrySet().stream()
        .map(entry -> entry.getKey() + " = " + String.join(" or ", entry.getValue()))
        .collect(Collectors.joining(", "));
  }

  static String rules(AppAuthConfigDetails config) {
    List<String> rules =
        config.allow().stream().map(r -> AllowRule.of(r.claim(), r.anyOf()).text()).toList();
    return rules(rules, config.requiredScopes(), config.allowedClients());
  }

  static String rules(ConfigFacts config) {
    List<String> rules = config.allow().stream().map(AllowRule::text).toList();
    return rules(rules, config.requiredScopes(), config.allowedClients());
  }

  static boolean isOpen(AppAuthConfigDetails config) {
    return rules(config).equals(EVERYONE);
  }

  private static String rules(List<String> rules, List<String> scopes, List<String> clients) {
    var parts = new ArrayList<String>();
    if (!rules.isEmpty()) {
      parts.add(String.join(" or ", rules));
    }
    if (!scopes.isEmpty()) {
      parts.add("scopes " + String.join(" ", scopes));
    }
    if (!clients.isEmpty()) {
      parts.add("clients " + String.join(", ", clients));
    }
    return parts.isEmpty() ? EVERYONE : String.join("; and ", parts);
  }
}
