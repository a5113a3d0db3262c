package dev.sallyport.connections.flow;

import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationResponse;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.id.State;
import dev.sallyport.crypto.Secret;
import dev.sallyport.problem.ProblemType;
import dev.sallyport.problem.SallyportException;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a browser brought back from an authorization server (RFC 6749 section 4.1.2). Exactly one
/// of `code` and `error`.
///
/// @param path where it came back to
record ConnectAnswer(
    String path,
    String state,
    @Nullable Secret code,
    @Nullable String error,
    @Nullable String iss) {

  /// Reads the query. A parameter that stands twice could mean two things to two readers.
  static ConnectAnswer read(String path, Map<String, String[]> query) {
    Map<String, List<String>> parameters = new HashMap<>();
    query.forEach((name, values) -> parameters.put(name, List.of(values)));
    boolean isClear = parameters.values().stream().allMatch(values -> values.size() == 1);
    try {
      if (isClear) {
        return of(
            path, AuthorizationResponse.parse(URI.create("https://callback.invalid"), parameters));
      }
    } catch (ParseException | IllegalArgumentException e) {
      // the one refusal below
    }
    throw incomplete();
  }

  private static ConnectAnswer of(String path, AuthorizationResponse answer) {
    State state = answer.getState();
    Issuer issuer = answer.getIssuer();
    String iss = issuer == null ? null : issuer.getValue();
    if (state == null || state.getValue().isEmpty()) {
      throw incomplete();
    }
    if (!answer.indicatesSuccess()) {
      String error = answer.toErrorResponse().getErrorObject().getCode();
      return new ConnectAnswer(path, state.getValue(), null, String.valueOf(error), iss);
    }
    AuthorizationCode code = answer.toSuccessResponse().getAuthorizationCode();
    if (code == null) {
      throw incomplete();
    }
    return new ConnectAnswer(path, state.getValue(), new Secret(code.getValue()), null, iss);
  }

  private static SallyportException incomplete() {
    return new SallyportException(
        ProblemType.CONNECT_INCOMPLETE, ProblemType.CONNECT_INCOMPLETE.cause());
  }
}
