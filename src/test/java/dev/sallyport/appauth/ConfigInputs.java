package dev.sallyport.appauth;

import dev.sallyport.persistence.Json;
import dev.sallyport.problem.FieldErrors;
import dev.sallyport.problem.FieldProblem;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.type.TypeReference;

/// Configs as REST would bring them: a right one, with members added outside of `jwt` and in it.
final class ConfigInputs {
  private static final TypeReference<AppAuthConfigInput> TYPE = new TypeReference<>() {};

  private ConfigInputs() {}

  static AppAuthConfigInput of(String outside, String inJwt) {
    var members = new ArrayList<String>();
    if (!outside.contains("\"name\"")) {
      members.add("\"name\":\"corp\"");
    }
    if (!outside.contains("\"appLabels\"")) {
      members.add("\"appLabels\":{\"env\":[\"test\"]}");
    }
    if (!outside.contains("\"jwt\"")) {
      members.add("\"jwt\":{\"issuer\":\"i\"" + (inJwt.isEmpty() ? "" : "," + inJwt) + "}");
    }
    if (!outside.isEmpty()) {
      members.add(outside);
    }
    return Json.read("{" + String.join(",", members) + "}", TYPE);
  }

  static AppAuthConfigInput withRules(List<AppAuthConfigInput.RuleInput> rules) {
    AppAuthConfigInput base = of("", "");
    return new AppAuthConfigInput(
        base.name(),
        null,
        base.appLabels(),
        base.jwt(),
        null,
        null,
        null,
        null,
        null,
        rules,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  static CheckedConfig checked(String outside, String inJwt) {
    var errors = new FieldErrors();
    CheckedConfig checked = new ConfigCheck(of(outside, inJwt), errors).check();
    errors.throwIfAny();
    return checked;
  }

  static List<FieldProblem> faults(String outside, String inJwt) {
    var errors = new FieldErrors();
    new ConfigCheck(of(outside, inJwt), errors).check();
    return errors.list();
  }
}
