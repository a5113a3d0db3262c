package dev.sallyport.apikeys;

import dev.sallyport.audit.AuditEntry;
import dev.sallyport.audit.AuditEventName;
import dev.sallyport.audit.AuditLog;
import dev.sallyport.authz.ActorKind;
import dev.sallyport.authz.NoPermissionNeeded;
import dev.sallyport.config.Settings;
import dev.sallyport.crypto.RandomTokens;
import dev.sallyport.crypto.Secret;
import dev.sallyport.problem.ProblemType;
import dev.sallyport.problem.SallyportException;
import dev.sallyport.roles.AssignmentDetails;
import dev.sallyport.roles.Assignments;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Trades a key for a token of some minutes, for what should not hold the key itself.
@Stateless
@NoPermissionNeeded("The key is the credential, and the token holds no more.")
public class ApiTokenService {
  /// The claims that name the key and its value.
  static final String KEY = "akid";

  static final String VALUE = "akv";

  @Inject ApiKeyStore store;
  @Inject ApiTokens tokens;
  @Inject Assignments assignments;
  @Inject Settings settings;
  @Inject Clock clock;
  @Inject AuditLog audit;

  /// A token that was just signed.
  public record Issued(Secret token, Instant expiresAt) {}

  /// A token for whoever holds this key; it lives no longer than the key.
  public Issued issue(Secret key, @Nullable String wantedLifetime) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    ApiKey found =
        store
            .byValue(key, now)
            .orElseThrow(
                () ->
                    new SallyportException(
                        ProblemType.API_KEY_REQUIRED, ProblemType.API_KEY_REQUIRED.cause()));
    Instant end = now.plus(lifetime(wantedLifetime, settings.access().apiTokenLifetime()));
    Instant until = found.until();
    Instant exp = until != null && until.isBefore(end) ? until : end;
    String id = RandomTokens.id("tok_");
    Secret token = new Secret(tokens.sign(claims(found, id, now, exp)));
    audit.record(
        AuditEntry.success(AuditEventName.TOKEN_ISSUED)
            .on("api_key", found.id(), found.name())
            .with("jti", id)
            .with("expiresAt", exp));
    return new Issued(token, exp);
  }

  /// The claims of MicroProfile JWT 2.1 section 4. `groups` are for the reader's information: REST
  /// reads what the key may do at each call.
  private Map<String, Object> claims(ApiKey key, String id, Instant now, Instant exp) {
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("iss", tokens.issuer());
    claims.put("aud", tokens.issuer());
    claims.put("sub", key.id());
    claims.put("upn", key.name());
    claims.put("groups", roles(key.kind(), key.id()));
    claims.put("jti", id);
    claims.put("iat", now.getEpochSecond());
    claims.put("exp", exp.getEpochSecond());
    claims.put(KEY, key.id());
    claims.put(VALUE, key.valueId());
    return claims;
  }

  private List<String> roles(ActorKind kind, String id) {
    return assignments.of(kind, id).stream()
        .map(AssignmentDetails::role)
        .distinct()
        .sorted()
        .toList();
  }

  static Duration lifetime(@Nullable String wanted, Duration longest) {
    if (wanted == null) {
      return longest;
    }
    try {
      Duration lifetime = Duration.parse(wanted);
      boolean isWhole = lifetime.equals(lifetime.truncatedTo(ChronoUnit.SECONDS));
      if (isWhole && lifetime.isPositive() && lifetime.compareTo(longest) <= 0) {
        return lifetime;
      }
    } catch (DateTimeParseException e) {
      // the one sentence below says what a lifetime looks like
    }
    throw SallyportException.invalid(
        "expiresIn", "must be a duration such as PT5M in whole seconds, at most " + longest + ".");
  }
}
