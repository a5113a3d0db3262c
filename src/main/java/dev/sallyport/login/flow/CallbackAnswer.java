package dev.sallyport.login.flow;

import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.openid.connect.sdk.AuthenticationResponse;
import com.nimbusds.openid.connect.sdk.AuthenticationResponseParser;
import dev.sallyport.crypto.Secret;
import dev.sallyport.problem.ProblemType;
import dev.sallyport.problem.SallyportException;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the browser brought back from the identity provider (OpenID Connect Core 1.0 section
/// 3.1.2.5 and 3.1.2.6). Exactly one of `code` and `error`.
record CallbackAnswer(
    String state, @Nullable Secret code, @Nullable String error, @Nullable String iss) {

  /// Reads the query. A parameter that stands twice could mean two things to two readers.
  static CallbackAnswer read(Map<String, String[]> query) {
    Map<String, List<String>> parameters = new HashMap<>();
    query.forEach((name, values) -> parameters.put(name, List.of(values)));
    boolean isClear = parameters.values().stream().allMatch(values -> values.size() == 1);
    try {
      if (isClear) {
        return of(
            AuthenticationResponseParser.parse(URI.create("https://callback.invalid"), parameters));
      }
    } catch (ParseException | IllegalArgumentException e) {
      // the one refusal below
    }
    throw incomplete();
  }

  private static CallbackAnswer of(AuthenticationResponse answer) {
    State state = answer.getState();
    Issuer issuer = answer.getIssuer();
    String iss = issuer == null ? null : issuer.getValue();
    String sent = state == null ? "" : state.getValue();
    if (!answer.indicatesSuccess()) {
      return new CallbackAnswer(
          sent, null, answer.toErrorResponse().getErrorObject().getCode(), iss);
    }
    AuthorizationCode code = answer.toSuccessResponse().getAuthorizationCode();
    if (code == null || sent.isEmpty()) {
      throw incomplete();
    }
    return new CallbackAnswer(sent, new Secret(code.getValue()), null, iss);
  }

  private static SallyportException incomplete() {
    return new SallyportException(
        ProblemType.SIGN_IN_INCOMPLETE, "A sign-in answer has one code and one state.");
  }
}
