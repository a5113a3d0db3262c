package dev.sallyport.login;

import static java.util.Objects.requireNonNullElse;

import dev.sallyport.problem.FieldErrors;
import dev.sallyport.problem.PlainText;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What must hold of a provider before it is written; every wrong field is named.
final class ProviderCheck {
  private static final List<String> USUAL_SCOPES = List.of("openid", "profile", "email");
  private static final String USUAL_CLAIM = "groups";
  private static final int USUAL_WINDOW = 300;
  private static final int MAX_WINDOW = 600;
  private static final int MAX_LIST = 50;

  // RFC 6749 section 3.3.
  private static final Pattern SCOPE = Pattern.compile("[\\x21\\x23-\\x5B\\x5D-\\x7E]{1,200}");
  private static final String LABEL = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";
  private static final Pattern DOMAIN = Pattern.compile(LABEL + "(\\." + LABEL + ")+");

  private final ProviderInput input;
  private final FieldErrors errors = new FieldErrors();

  private ProviderCheck(ProviderInput input) {
    this.input = input;
  }

  static CheckedProvider check(ProviderInput input, boolean isNew) {
    ProviderCheck check = new ProviderCheck(input);
    check.names(isNew);
    check.scopes();
    check.domains();
    check.logout();
    int window = requireNonNullElse(input.iatWindowSeconds(), USUAL_WINDOW);
    check.errors.addIf(
        window < 1 || window > MAX_WINDOW, "iatWindowSeconds", "must be 1 to " + MAX_WINDOW + ".");
    check.errors.throwIfAny();
    return check.withDefaults(window);
  }

  private CheckedProvider withDefaults(int window) {
    return new CheckedProvider(
        String.valueOf(input.name()),
        String.valueOf(input.issuer()),
        String.valueOf(input.clientId()),
        requireNonNullElse(input.scopes(), USUAL_SCOPES),
        requireNonNullElse(input.groupsClaim(), USUAL_CLAIM),
        requireNonNullElse(input.userinfoFallback(), false),
        requireNonNullElse(input.allowedEmailDomains(), List.of()),
        window,
        requireNonNullElse(input.requireAtHash(), true),
        requireNonNullElse(input.logoutClients(), List.of()),
        requireNonNullElse(input.logoutEnds(), ProviderDetails.ENDS_SESSION),
        requireNonNullElse(input.endConnectionsOnLogout(), false),
        requireNonNullElse(input.selfService(), true),
        requireNonNullElse(input.enabled(), true));
  }

  private void names(boolean isNew) {
    errors.addIf(!isText(input.name(), 60), "name", "must be 1 to 60 characters on one line.");
    errors.addIf(
        !isIssuer(input.issuer()),
        "issuer",
        "must be the provider's issuer URL to the letter, such as"
            + " https://idp.example/realms/corp.");
    errors.addIf(
        !isText(input.clientId(), 500), "clientId", "must be the client id at the provider.");
    String secret = input.clientSecret();
    errors.addIf(
        (isNew && !input.hasSecret())
            || (secret != null && (secret.length() > 2_000 || !PlainText.isLine(secret))),
        "clientSecret",
        "must be the client's secret at the provider, on one line.");
    String claim = input.groupsClaim();
    errors.addIf(
        claim != null && !claim.isEmpty() && !isClaim(claim),
        "groupsClaim",
        "must name a claim, such as groups, realm_access.roles or https://corp.example/groups.");
  }

  private static boolean isClaim(String claim) {
    boolean isUrl = claim.startsWith("https://") || claim.startsWith("http://");
    return isText(claim, 500) && (isUrl || !List.of(claim.split("\\.", -1)).contains(""));
  }

  private void scopes() {
    List<String> scopes = requireNonNullElse(input.scopes(), USUAL_SCOPES);
    errors.addIf(!scopes.contains("openid"), "scopes", "must contain openid.");
    errors.addIf(scopes.size() > MAX_LIST, "scopes", "must be at most " + MAX_LIST + ".");
    each("scopes", scopes, "must be a scope without blanks.", SCOPE);
  }

  private void domains() {
    List<String> domains = requireNonNullElse(input.allowedEmailDomains(), List.of());
    errors.addIf(domains.size() > 1_000, "allowedEmailDomains", "must be at most 1,000.");
    each(
        "allowedEmailDomains",
        domains,
        "must be a domain such as corp.example: lower case, no @ and no wildcard.",
        DOMAIN);
  }

  private void logout() {
    String ends = input.logoutEnds();
    errors.addIf(
        ends != null
            && !Set.of(ProviderDetails.ENDS_SESSION, ProviderDetails.ENDS_PERSON).contains(ends),
        "logoutEnds",
        "must be session or person.");
    List<String> clients = requireNonNullElse(input.logoutClients(), List.of());
    errors.addIf(clients.size() > MAX_LIST, "logoutClients", "must be at most " + MAX_LIST + ".");
    each("logoutClients", clients, "must be a client id.", Pattern.compile("\\P{Cntrl}{1,500}"));
  }

  private void each(String field, List<String> values, String wish, Pattern pattern) {
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < values.size(); i++) {
      String value = values.get(i);
      String name = field + "[" + i + "]";
      if (value == null || !pattern.matcher(value).matches()) {
        errors.add(name, wish);
      } else if (!seen.add(value)) {
        errors.add(name, "stands twice.");
      }
    }
  }

  private static boolean isText(@Nullable String text, int most) {
    return text != null
        && !text.isBlank()
        && text.equals(text.strip())
        && text.length() <= most
        && PlainText.isLine(text);
  }

  static boolean isIssuer(@Nullable String issuer) {
    if (!isText(issuer, 1_000)) {
      return false;
    }
    try {
      URI url = URI.create(String.valueOf(issuer));
      boolean isWeb = "https".equals(url.getScheme()) || "http".equals(url.getScheme());
      // OpenID Connect Discovery 1.0 section 3: no query and no fragment.
      boolean isBare =
          url.getRawUserInfo() == null && url.getRawQuery() == null && url.getRawFragment() == null;
      return isWeb && isBare && url.getHost() != null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
