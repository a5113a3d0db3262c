package dev.sallyport.problem;

import java.util.Locale;

/// Every outcome that a caller can be refused with. The code (`token-expired`) is public API: it
/// stands in problems, audit rows and `docs/errors.md`, and is never renamed.
public enum ProblemType {
  // The token of a call
  TOKEN_MISSING(
      401,
      "No token",
      "The call carried no bearer token.",
      "Send the JWT of your identity provider as `Authorization: Bearer`."),
  TOKEN_MALFORMED(
      401,
      "Not a JWT",
      "The token is not three parts of canonical base64url with a JSON header and payload.",
      "Send the access token as the identity provider issued it, unchanged."),
  TOKEN_TOO_LARGE(
      401,
      "Token too large",
      "The token is longer than 16 KiB.",
      "Let the identity provider put fewer groups or claims into the token."),
  TOKEN_ISSUER_UNKNOWN(
      401,
      "Issuer not trusted here",
      "No enabled config of this app trusts the token's `iss`.",
      "Compare `iss` with the trusted issuers of the app, to the letter."),
  TOKEN_ALGORITHM(
      401,
      "Algorithm not allowed",
      "The token's algorithm is not one that the config and the key type allow; `none` and HS* never are.",
      "Let the identity provider sign with RS256, ES256 or EdDSA."),
  TOKEN_KEY_UNKNOWN(
      401,
      "Signing key unknown",
      "The issuer's key set holds no key that fits the token's `kid` and algorithm.",
      "Refresh the issuer's keys if they were just rotated; check the JWKS URL."),
  TOKEN_SIGNATURE(
      401,
      "Signature wrong",
      "The signature does not verify with the issuer's key.",
      "The token was changed on its way, or another issuer signed it."),
  TOKEN_AUDIENCE(
      401,
      "Wrong audience",
      "`aud` holds neither the app's URL nor the config's audience.",
      "Ask the identity provider for a token for this app (RFC 8707 `resource`)."),
  TOKEN_TYPE(
      401,
      "Not an access token",
      "The token is an ID, refresh or logout token, or has another `typ`.",
      "Send the access token; ID tokens only where the config accepts them."),
  TOKEN_EXPIRED(401, "Token expired", "`exp` lies in the past.", "Get a new token."),
  TOKEN_EXP_MISSING(
      401,
      "Token without expiry",
      "The token has no usable `exp`.",
      "Let the identity provider set `exp`."),
  TOKEN_NOT_YET_VALID(
      401,
      "Token not valid yet",
      "`nbf` lies ahead by more than the leeway of 60 s.",
      "Check the clocks of the identity provider and of this server."),
  TOKEN_IAT_MISSING(
      401,
      "Token without issue time",
      "The token has no usable `iat`.",
      "Let the identity provider set `iat`."),
  TOKEN_FROM_FUTURE(
      401,
      "Token issued in the future",
      "`iat` lies ahead by more than the leeway of 60 s.",
      "Check the clocks of the identity provider and of this server."),
  TOKEN_TOO_OLD(
      401,
      "Token too old to open a session",
      "The token was issued longer ago than the config's `maxTokenAge`.",
      "Get a fresh token; sessions that are open go on."),
  TOKEN_SENDER_CONSTRAINED(
      401,
      "Sender-constrained token",
      "The token has a `cnf` claim, which is not honoured yet.",
      "Use a bearer token without `cnf`."),
  TOKEN_SUBJECT(
      401,
      "No subject",
      "The subject claim is absent or not a string.",
      "Check the issuer's `subjectClaim`."),
  TOKEN_USERNAME(
      401,
      "No user name",
      "None of the config's user name claims is a non-empty string.",
      "Check `usernameClaims` of the config."),
  TOKEN_EMAIL_UNVERIFIED(
      401,
      "E-mail not verified",
      "The user name is the e-mail, and `email_verified` is false.",
      "Verify the address at the identity provider, or use another user name claim."),
  TOKEN_ACTOR_CHAIN(
      401,
      "Too many hops",
      "An assertion of this gateway came back over more than two hops, or through an app that the config does not name.",
      "Name the app in `viaApps`; chains end after two hops."),
  TOKEN_BLOCKED(
      401,
      "Signed out",
      "This person's access was ended after the token was issued.",
      "Sign in again at the identity provider."),
  SESSION_ENDED(
      401,
      "Session ended",
      "The session that this token belongs to has ended.",
      "Sign in again; the session's page says who ended it and why."),
  INSUFFICIENT_SCOPE(
      403,
      "Scope missing",
      "The token lacks scopes that the config requires.",
      "Ask the identity provider for the scopes in `WWW-Authenticate`."),
  NOT_ALLOWED(
      403,
      "Not allowed here",
      "The token is good, but no rule of the config lets this person or client in.",
      "An admin can change the `allow` rules of the config."),
  ISSUER_KEYS_UNAVAILABLE(
      503,
      "Issuer's keys unavailable",
      "The issuer's key set could not be fetched and no good copy is left.",
      "Look at the issuer's page: it shows the last error."),

  // The gateway
  APP_NOT_FOUND(
      404,
      "App not found",
      "There is no such app, or no config lets anybody in.",
      "Check the name in the URL."),
  MCP_SESSION_NOT_FOUND(
      404,
      "MCP session not found",
      "The `Mcp-Session-Id` is unknown, over, or another caller's.",
      "Initialise again without the header."),
  HOST_NOT_ALLOWED(
      403,
      "Host not served",
      "The Host header is not the one of `SALLYPORT_PUBLIC_URL`.",
      "Use the public URL, or set it right."),
  ORIGIN_NOT_ALLOWED(
      403,
      "Origin not allowed",
      "A browser page of another origin made the call.",
      "Add the origin to the app's `allowedOrigins`."),
  BAD_REQUEST(
      400, "Bad request", "The request is not well formed for this endpoint.", "See the detail."),
  METHOD_NOT_ALLOWED(
      405,
      "Method not allowed",
      "The endpoint does not take this method.",
      "See the `Allow` header."),
  BODY_TOO_LARGE(
      413,
      "Body too large",
      "The request body is larger than the limit.",
      "Send less, or raise `SALLYPORT_GATEWAY_MAX_BODY`."),
  TOO_MANY_REQUESTS(
      429,
      "Too many requests",
      "The limit for this kind of call is reached.",
      "Wait as long as `Retry-After` says."),
  UPSTREAM_UNREACHABLE(
      502,
      "App unreachable",
      "No upstream of the app could be connected.",
      "Check that the app runs, and its address."),
  UPSTREAM_BROKEN(
      502,
      "App broke off",
      "The upstream closed the connection before it answered.",
      "Look into the app's log."),
  UPSTREAM_TIMEOUT(
      504, "App too slow", "The upstream did not answer in time.", "Look into the app's log."),
  UPSTREAM_REFUSED(
      502,
      "Address refused",
      "The upstream's address is one that the gateway never calls.",
      "See the detail for the host and the setting."),
  UPSTREAM_BUSY(503, "App busy", "Too many calls to this upstream are running.", "Try again."),
  STARTING(503, "Starting", "This node is starting.", "Try again in a moment."),
  DRAINING(503, "Stopping", "This node is shutting down.", "Try again; another node answers."),
  NOT_CURRENT(
      503,
      "Node not current",
      "This node has lost the database and can't know who was signed out.",
      "Try again; it comes back by itself."),
  OVERLOADED(
      503,
      "Overloaded",
      "Too many calls wait for verification.",
      "Try again as `Retry-After` says."),

  // Administration
  UNAUTHENTICATED(
      401,
      "Not signed in",
      "The call carried no valid credential.",
      "Send an API key as `Authorization: Bearer sp_…`, or sign in."),
  FORBIDDEN(
      403,
      "Permission missing",
      "The actor lacks the permission that the detail names.",
      "Ask an admin for a role that holds it."),
  CSRF(
      403,
      "Cross-site request refused",
      "A change by cookie came without this site's Origin.",
      "Call from the console, or use an API key."),
  NOT_FOUND(
      404, "Not found", "There is no such thing, or it is out of your reach.", "Check the id."),
  INVALID(
      400,
      "Invalid input",
      "A field is wrong; `errors` names each.",
      "Correct the fields that `errors` names."),
  INVALID_JSON(
      400,
      "Invalid JSON",
      "The body is not the JSON that this endpoint takes.",
      "See the detail for the place."),
  UNSUPPORTED_MEDIA_TYPE(
      415,
      "Unsupported media type",
      "The endpoint takes `application/json`.",
      "Set `Content-Type: application/json`."),
  NOT_ACCEPTABLE(
      406,
      "Not acceptable",
      "The endpoint can't answer in the type that `Accept` asks for.",
      "Accept `application/json`."),
  NAME_TAKEN(
      409, "Name taken", "Something of this kind has this name already.", "Choose another name."),
  ISSUER_KEYS_DIFFER(
      409,
      "Issuer known with other keys",
      "The issuer is known already and has another key source.",
      "Leave the keys out to use the known ones, or change the issuer itself."),
  ISSUER_IN_USE(409, "Issuer in use", "Configs refer to this issuer.", "Delete the configs first."),
  COUNT_DIFFERS(
      409,
      "More sessions than expected",
      "The filter matches more sessions than `expectedCount`.",
      "Look at the list again and repeat with its count and `asOf`."),
  REVISION_MISSING(
      428,
      "If-Match missing",
      "A change needs the revision that it is based on.",
      "Send the `ETag` of your last read as `If-Match`."),
  REVISION_DIFFERS(
      412,
      "Changed meanwhile",
      "Somebody changed this since you read it.",
      "Read it again and repeat the change."),
  FILTER_EMPTY(
      400, "Filter empty", "An empty filter would match everything.", "Give at least one filter."),
  BOOTSTRAP_CLOSED(
      410,
      "Bootstrap closed",
      "The one-time token was used, or an admin exists.",
      "Use an admin's API key, or start once with `SALLYPORT_RECOVERY_TOKEN`."),
  INTERNAL(
      500,
      "Internal error",
      "Something unforeseen happened; the log holds the request id.",
      "Give the request id to whoever runs the server.");

  private final int status;
  private final String title;
  private final String cause;
  private final String fix;

  ProblemType(int status, String title, String cause, String fix) {
    this.status = status;
    this.title = title;
    this.cause = cause;
    this.fix = fix;
  }

  /// The stable code, such as `token-expired`.
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  public int status() {
    return status;
  }

  public String title() {
    return title;
  }

  /// What it means, for the documentation and the console.
  public String cause() {
    return cause;
  }

  /// What helps, for the documentation and the console.
  public String fix() {
    return fix;
  }
}
