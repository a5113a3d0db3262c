package dev.sallyport.appauth;

import dev.sallyport.appauth.AppAuthConfigInput.JwtInput;
import dev.sallyport.appauth.AppAuthConfigInput.RuleInput;
import dev.sallyport.appauth.verification.AllowRule;
import dev.sallyport.apps.LabelSelector;
import dev.sallyport.jose.SigningAlgorithm;
import dev.sallyport.problem.FieldErrors;
import dev.sallyport.problem.PlainText;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What must hold of a config before it is written; every wrong field is named.
final class ConfigCheck {
  private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
  private static final Duration LONGEST = Duration.ofDays(30);
  private static final String NO_CONTROL = "must hold no control characters.";

  private final AppAuthConfigInput input;
  private final @Nullable JwtInput jwt;
  private final FieldErrors errors;

  ConfigCheck(AppAuthConfigInput input, FieldErrors errors) {
    this.input = input;
    this.jwt = input.jwt();
    this.errors = errors;
  }

  CheckedConfig check() {
    String name = Objects.requireNonNullElse(input.name(), "");
    errors.addIf(
        !NAME.matcher(name).matches(),
        "name",
        "must be 1 to 63 of a-z, 0-9 and -, and begin and end with a letter or digit.");
    Map<String, List<String>> labels = Objects.requireNonNullElse(input.appLabels(), Map.of());
    LabelSelector.check(labels, "appLabels", errors);
    errors.addIf(!arePlain(labels), "appLabels", NO_CONTROL);
    errors.addIf(jwt == null, "jwt", "must say which issuer is trusted.");
    errors.addIf(jwt != null && !PlainText.isLine(jwt.issuer()), "jwt.issuer", NO_CONTROL);
    return new CheckedConfig(
        name,
        description(),
        labels,
        audience(),
        strings(
            "usernameClaims",
            JwtInput::usernameClaims,
            input.usernameClaims(),
            List.of("email", "preferred_username", "sub")),
        algorithms(),
        maxTokenAge(),
        duration(
            "sessionLifetime",
            one("sessionLifetime", JwtInput::sessionLifetime, input.sessionLifetime()),
            Duration.ofHours(12)),
        duration(
            "idleTimeout",
            one("idleTimeout", JwtInput::idleTimeout, input.idleTimeout()),
            Duration.ofHours(1)),
        rules(),
        strings("requiredScopes", JwtInput::requiredScopes, input.requiredScopes(), List.of()),
        strings("allowedClients", JwtInput::allowedClients, input.allowedClients(), List.of()),
        strings("viaApps", JwtInput::viaApps, input.viaApps(), List.of()),
        Boolean.TRUE.equals(
            one("acceptIdTokens", JwtInput::acceptIdTokens, input.acceptIdTokens())),
        Objects.requireNonNullElse(input.priority(), 0),
        !Boolean.FALSE.equals(input.enabled()));
  }

  /// The member, from whichever of its two places it stands in.
  private <T> @Nullable T one(
      String field, Function<JwtInput, @Nullable T> inJwt, @Nullable T outside) {
    T inside = jwt == null ? null : inJwt.apply(jwt);
    errors.addIf(
        outside != null && inside != null && !outside.equals(inside),
        field,
        "stands in jwt and beside it, with different values; give it once.");
    return outside == null ? inside : outside;
  }

  private String description() {
    String description = Objects.requireNonNullElse(input.description(), "");
    errors.addIf(
        description.length() > 1_000 || !PlainText.isProse(description),
        "description",
        "must have at most 1,000 characters, none of them a control character.");
    return description;
  }

  private static boolean arePlain(Map<String, List<String>> labels) {
    return labels.keySet().stream().allMatch(PlainText::isLine)
        && labels.values().stream()
            .filter(Objects::nonNull)
            .allMatch(values -> values.stream().allMatch(PlainText::isLine));
  }

  private @Nullable String audience() {
    String audience = jwt == null ? null : jwt.audience();
    errors.addIf(
        audience != null
            && (audience.isBlank() || audience.length() > 1_000 || !PlainText.isLine(audience)),
        "jwt.audience",
        "must be the `aud` to accept, or absent for the app's own URL only.");
    return audience;
  }

  private List<String> strings(
      String field,
      Function<JwtInput, @Nullable List<String>> inJwt,
      @Nullable List<String> outside,
      List<String> standard) {
    List<String> values = Objects.requireNonNullElse(one(field, inJwt, outside), standard);
    boolean isBad = !values.stream().allMatch(ConfigCheck::isText);
    errors.addIf(
        isBad || values.size() > 100, field, "must be at most 100 texts, none of them empty.");
    errors.addIf(values.isEmpty() && !standard.isEmpty(), field, "must name at least one claim.");
    return isBad ? standard : values;
  }

  private static boolean isText(@Nullable String value) {
    return value != null && !value.isBlank() && value.length() <= 500 && PlainText.isLine(value);
  }

  private List<String> algorithms() {
    List<String> names = strings("algorithms", JwtInput::algorithms, input.algorithms(), List.of());
    for (String name : names) {
      errors.addIf(
          SigningAlgorithm.of(name) == null,
          "algorithms",
          "knows no " + name + "; RS, PS and ES 256 to 512 and EdDSA are possible.");
    }
    return names;
  }

  private @Nullable Duration maxTokenAge() {
    String text = one("maxTokenAge", JwtInput::maxTokenAge, input.maxTokenAge());
    return "off".equals(text) ? null : duration("maxTokenAge", text, Duration.ofMinutes(30));
  }

  private Duration duration(String field, @Nullable String text, Duration standard) {
    if (text == null) {
      return standard;
    }
    try {
      Duration duration = Duration.parse(text);
      boolean isWhole = duration.equals(duration.truncatedTo(ChronoUnit.SECONDS));
      if (isWhole && duration.isPositive() && duration.compareTo(LONGEST) <= 0) {
        return duration;
      }
    } catch (DateTimeParseException e) {
      // the one sentence below says what a duration looks like
    }
    errors.add(
        field, "must be a duration such as PT30M or PT12H, in whole seconds, at most 30 days.");
    return standard;
  }

  private List<AppAuthConfigDetails.Rule> rules() {
    List<RuleInput> inputs =
        Objects.requireNonNullElse(one("allow", JwtInput::allow, input.allow()), List.of());
    var rules = new ArrayList<AppAuthConfigDetails.Rule>();
    for (int i = 0; i < inputs.size(); i++) {
      rule(inputs.get(i), "allow[" + i + "]", rules);
    }
    return rules;
  }

  private void rule(@Nullable RuleInput rule, String field, List<AppAuthConfigDetails.Rule> rules) {
    if (rule == null) {
      errors.add(field, "must name a claim and its values.");
      return;
    }
    String claim = rule.claim();
    List<String> values = rule.anyOf();
    if (values == null || values.stream().anyMatch(Objects::isNull)) {
      errors.add(field + ".anyOf", "must hold at least one value.");
      return;
    }
    errors.addIf(!PlainText.isLine(claim), field + ".claim", NO_CONTROL);
    errors.addIf(!values.stream().allMatch(PlainText::isLine), field + ".anyOf", NO_CONTROL);
    AllowRule.check(Objects.requireNonNullElse(claim, ""), values, field, errors);
    if (claim != null) {
      rules.add(new AppAuthConfigDetails.Rule(claim, values));
    }
  }
}
