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
      "Compare `iss` with the trusted issuers of the app, to the letter; their configs must be"
          + " enabled and select the app by its labels."),
  TOKEN_ALGORITHM(
      401,
      "Algorithm not allowed",
      "The token's algorithm is not one that the config and the key type allow; `none` and HS*"
          + " never are.",
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
      "An assertion of this gateway came back over more than two hops, or through an app that the"
          + " config does not name.",
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
  PROXY_NOT_TRUSTED(
      403,
      "Proxy not trusted",
      "Somebody who is no such proxy asked whether a request may go on.",
      "Add the proxy's address to `SALLYPORT_TRUSTED_PROXIES` and"
          + " `SALLYPORT_FORWARD_AUTH_PROXIES`."),
  FORWARDED_HOST_NOT_ALLOWED(
      403,
      "Forwarded host not the app's",
      "The `X-Forwarded-Host` is not the one of the app's `publicAddress`.",
      "Let the proxy send the host that the request came to, and set the app's `publicAddress`."),
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
  BODY_TOO_SLOW(
      408,
      "Body too slow",
      "The request body did not arrive in time.",
      "Send the body without pauses, or raise `SALLYPORT_GATEWAY_BODY_TIMEOUT`."),
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
      "The connection to the upstream ended before an HTTP answer could be read from it.",
      "Look into the app's log."),
  UPSTREAM_ANSWER_UNUSABLE(
      502,
      "App's answer unusable",
      "The upstream answered, but its answer can't be passed on safely.",
      "Let the app answer with a final status, and with one Content-Length or with"
          + " Transfer-Encoding: chunked. The detail says which of them it was."),
  CALL_CUT(
      503,
      "Call cut",
      "This node stops, or it must ask again who may call; the upstream may have seen the call.",
      "Send it again if doing it twice does no harm."),
  UPSTREAM_TIMEOUT(
      504, "App too slow", "The upstream did not answer in time.", "Look into the app's log."),
  UPSTREAM_TOKEN_REFUSED(
      502,
      "No token for the app",
      "The token endpoint that the app's credential names refused to give a token for this call.",
      "Look at the app's credential: client, audience, scopes, and who may exchange there."),
  UPSTREAM_TOKEN_UNAVAILABLE(
      503,
      "Token endpoint out of reach",
      "The token endpoint that the app's credential names could not be asked.",
      "Try again; the detail says what went wrong."),
  CONNECTION_DISCOVERY_FAILED(
      502,
      "Nobody to sign in with",
      "It can't be found out where people sign in for the app, or what was found can't be used.",
      "Run Connect on the app's upstream credential; the failed step says what to correct."),
  CONNECTION_CLIENT_MISSING(
      502,
      "No client at the app's server",
      "The app's authorization server must know this gateway as a client, and does not.",
      "Register a client there with the redirect URI that the detail names, then add it under OAuth"
          + " clients."),
  UPSTREAM_WANTS_SIGN_IN(
      502,
      "App wants another sign-in",
      "The app's server asks for a token of its own authorization server, and none is set up here.",
      "An admin should set the app's upstream credential to `connection`."),
  CONNECTION_REQUIRED(
      401,
      "Account not connected",
      "The app needs your own account at its server, and none is connected.",
      "Open the link in `auth_url`, sign in there, then repeat the call."),
  CONNECTION_SCOPES(
      403,
      "More rights needed at the app",
      "The app's server keeps asking for more rights than your account was given.",
      "Ask whoever runs that server to allow what the call needs."),
  UPSTREAM_REFUSED(
      502,
      "Address refused",
      "The upstream's address is one that the gateway never calls.",
      "See the detail for the host and the setting."),
  UPSTREAM_BUSY(503, "App busy", "Too many calls to this upstream are running.", "Try again."),
  SESSION_BUSY(
      503,
      "Session busy",
      "The session has as many calls and streams running here as one may have.",
      "End what is not needed; `SALLYPORT_GATEWAY_MAX_CALLS_PER_SESSION` is how many."),
  STARTING(503, "Starting", "This node is starting.", "Try again in a moment."),
  DRAINING(503, "Stopping", "This node is shutting down.", "Try again; another node answers."),
  NOT_CURRENT(
      503,
      "Node not current",
      "This node has lost the database and can't know who was signed out.",
      "Try again; it comes back by itself."),
  OVERLOADED(
      503, "Overloaded", "Too many calls wait to be let in.", "Try again as `Retry-After` says."),

  // Signing in through an identity provider
  SIGN_IN_PROVIDER_UNKNOWN(
      404,
      "Sign-in provider unknown",
      "There is no such sign-in provider, or it is switched off.",
      "Choose one of the providers on the sign-in page."),
  SIGN_IN_PROVIDER_CHANGED(
      400,
      "Provider changed meanwhile",
      "The sign-in provider was changed or switched off while you signed in.",
      "Start the sign-in again."),
  SIGN_IN_PROVIDER_UNREACHABLE(
      400,
      "Identity provider out of reach",
      "The identity provider did not answer this server.",
      "Try again in a minute; an admin can test the provider on its page."),
  SIGN_IN_DISCOVERY(
      400,
      "Identity provider misconfigured",
      "The provider's discovery document is incomplete or names another issuer.",
      "An admin must test the provider on its page and correct its issuer."),
  SIGN_IN_ALGORITHMS(
      400,
      "Identity provider signs too weakly",
      "The identity provider offers ID tokens with HS* or `none` only.",
      "Let the identity provider sign ID tokens with RS256, ES256 or EdDSA."),
  SIGN_IN_DENIED(
      400,
      "Sign-in refused by the identity provider",
      "The identity provider says that access was denied, or the sign-in was cancelled.",
      "Sign in again, or ask the provider's admins to give you this application."),
  SIGN_IN_IDP_ERROR(
      400,
      "Identity provider answered with an error",
      "The identity provider ended the sign-in with an error; the audit holds its code.",
      "Try again; if it stays, an admin should compare client id, scopes and redirect URI."),
  SIGN_IN_INCOMPLETE(
      400,
      "Sign-in answer incomplete",
      "The answer of the identity provider lacks its code or state, or has one twice.",
      "Start the sign-in on the sign-in page."),
  SIGN_IN_COOKIE_MISSING(
      400,
      "Sign-in started elsewhere",
      "This browser did not start the sign-in that it was sent back from, or has lost its cookie.",
      "Start the sign-in again, in this browser and with cookies allowed."),
  SIGN_IN_STATE_MISMATCH(
      400,
      "Sign-in mixed up",
      "The answer belongs to another sign-in than the one that this browser started.",
      "Start the sign-in again, in one tab."),
  SIGN_IN_EXPIRED(
      400,
      "Sign-in too old or used already",
      "The sign-in was started more than ten minutes ago, or its answer was used already.",
      "Start the sign-in again."),
  SIGN_IN_ENDED(
      400,
      "Signed out meanwhile",
      "The identity provider says that this sign-in was ended.",
      "Sign in again."),
  SIGN_IN_STORE(
      503,
      "Sign-in could not be stored",
      "This server's database did not do its part, so nobody can sign in.",
      "Try again in a minute; if it stays, whoever runs the server finds the reason in its log."),
  SIGN_IN_ISS_MISSING(
      400,
      "Answer names no issuer",
      "The identity provider promises to name itself in its answer (RFC 9207), and did not.",
      "Start again; if it stays, a proxy or the provider drops the parameter `iss`."),
  SIGN_IN_ISS_MISMATCH(
      400,
      "Answer of another issuer",
      "The answer names another issuer than the one that the sign-in was started at.",
      "Start again; if it stays, somebody mixes up two identity providers."),
  SIGN_IN_CODE_REFUSED(
      400,
      "Code refused",
      "The identity provider did not take the code, the client's secret or the redirect URI.",
      "Try again; if it stays, an admin should renew the provider's client secret."),
  SIGN_IN_ID_TOKEN_MISSING(
      400,
      "No ID token",
      "The identity provider answered without an ID token.",
      "An admin should check that the client may use the scope `openid`."),
  SIGN_IN_TOKEN_MALFORMED(
      400,
      "ID token unreadable",
      "The ID token is no signed JWT in canonical form.",
      "Let the identity provider issue signed ID tokens without encryption."),
  SIGN_IN_TOKEN_ALGORITHM(
      400,
      "ID token signed too weakly",
      "The ID token's algorithm is `none`, HS* or unknown.",
      "Let the identity provider sign with RS256, ES256 or EdDSA."),
  SIGN_IN_TOKEN_KEY_UNKNOWN(
      400,
      "ID token's key unknown",
      "The issuer's key set holds no key that fits the ID token, even after a refresh.",
      "Try again in a minute; an admin can refresh the keys on the provider's page."),
  SIGN_IN_TOKEN_SIGNATURE(
      400,
      "ID token's signature wrong",
      "The ID token's signature does not verify with the issuer's key.",
      "Start again; if it stays, the issuer's keys here are not the provider's."),
  SIGN_IN_KEYS_UNAVAILABLE(
      400,
      "Issuer's keys unavailable",
      "The issuer's keys could not be fetched. Who is signed in already is not touched.",
      "Try again in a minute; the provider's page shows the last error."),
  SIGN_IN_TOKEN_ISSUER(
      400,
      "ID token of another issuer",
      "The ID token's `iss` is not the provider's issuer, to the letter.",
      "An admin should compare the issuer; often only the slash at the end differs."),
  SIGN_IN_TOKEN_AUDIENCE(
      400,
      "ID token for somebody else",
      "The ID token's `aud` does not hold the provider's client id.",
      "An admin should compare the client id with the one at the identity provider."),
  SIGN_IN_TOKEN_AZP(
      400,
      "ID token of another client",
      "The ID token has several audiences without `azp`, or an `azp` that is not the client id.",
      "Let the identity provider issue the ID token for this client alone."),
  SIGN_IN_TOKEN_AT_HASH(
      400,
      "Access token not bound",
      "The ID token's `at_hash` is missing or does not fit the access token.",
      "If the identity provider leaves `at_hash` out, an admin can stop requiring it."),
  SIGN_IN_TOKEN_EXPIRED(
      400,
      "ID token expired",
      "The ID token has no `exp`, or it lies in the past by more than 60 s.",
      "Start again; if it stays, compare the clocks of the provider and of this server."),
  SIGN_IN_TOKEN_TIME(
      400,
      "ID token from another time",
      "The ID token has no `iat`, or it is older than the provider's window or lies ahead.",
      "Start again; if it stays, compare the clocks of the provider and of this server."),
  SIGN_IN_TOKEN_NONCE(
      400,
      "ID token of another sign-in",
      "The ID token's `nonce` is not the one that this sign-in was started with.",
      "Start the sign-in again."),
  SIGN_IN_TOKEN_SUBJECT(
      400,
      "No subject",
      "The ID token names nobody: its subject claim is absent or no string.",
      "An admin should check the issuer's subject claim."),
  SIGN_IN_EMAIL_MISSING(
      400,
      "No e-mail address",
      "The provider lets only some e-mail domains in, and said no usable address of yours.",
      "An admin should add the scope `email`, or let the provider send the claim."),
  SIGN_IN_EMAIL_UNVERIFIED(
      400,
      "E-mail not verified",
      "The provider says that your e-mail address is not verified.",
      "Verify the address at the identity provider and sign in again."),
  SIGN_IN_EMAIL_DOMAIN(
      400,
      "E-mail domain not allowed",
      "Your e-mail address is of a domain that may not sign in here.",
      "Sign in with an address of your organisation, or ask an admin to allow the domain."),
  SIGN_IN_USERINFO(
      400,
      "User info unusable",
      "The provider's user info could not be had, or is about somebody else.",
      "Try again; an admin can let the groups into the ID token instead."),
  SIGN_IN_GROUPS_MISSING(
      400,
      "No groups",
      "The provider's groups claim is absent or empty, so nothing says what you may do.",
      "An admin should put you into a group, let the provider send the claim, or correct its"
          + " name."),
  // Opening an app in the browser
  APP_SIGN_IN_NEEDED(
      401,
      "Not signed in at the app",
      "The request carried neither a token nor the cookie of somebody who is signed in.",
      "Open the app's page in the browser, or send `Authorization: Bearer`."),
  LAUNCH_PERSON_NEEDED(
      403,
      "No person",
      "You are signed in with a key or a link, or since before an upgrade: that says nothing of you"
          + " that an app could go by.",
      "Sign out and sign in at your identity provider."),
  LAUNCH_CODE_INVALID(
      400,
      "Sign-in expired",
      "The way back to the app took longer than a minute, was used already, or began in another"
          + " browser.",
      "Open the app again."),
  LAUNCH_COOKIE_MISSING(
      400,
      "Cookie missing",
      "The browser did not send the cookie that the app's address had set before.",
      "Allow cookies for the app's address and open it again."),
  UPSTREAM_WANTS_TOKEN(
      502,
      "App needs a token",
      "The app's server gets the caller's own token or one made from it, and a browser has none.",
      "Ask an admin to set the app's upstream credential to the assertion, or call it with a"
          + " token."),
  // Connecting an account
  CONNECT_LINK_UNKNOWN(
      404,
      "Link not valid",
      "The link is unknown or older than an hour.",
      "Let your agent repeat its call and open the new link."),
  CONNECT_APP_CHANGED(
      409,
      "App changed",
      "The app no longer takes connected accounts, or was set to another server meanwhile.",
      "Let your agent repeat its call."),
  NOT_YOUR_LINK(
      403,
      "Not your link",
      "The link was made for somebody else than the person who is signed in here.",
      "Sign in with the account that your agent uses; if somebody sent you the link, ignore it."),
  CONNECT_COOKIE_MISSING(
      400,
      "Started elsewhere",
      "This browser did not start this sign-in, or its cookie is gone.",
      "Open the link from your agent again and stay in one browser."),
  CONNECT_EXPIRED(
      400,
      "Sign-in over",
      "This sign-in was finished already or took longer than ten minutes.",
      "Open the link from your agent again."),
  CONNECT_STATE_MISMATCH(
      400,
      "Answer to another sign-in",
      "The answer belongs to another sign-in than the one this browser started.",
      "Open the link from your agent again."),
  CONNECT_INCOMPLETE(
      400,
      "Answer incomplete",
      "The authorization server's answer lacks its code or its state, or says something twice.",
      "Open the link from your agent again."),
  CONNECT_ISS_MISSING(
      400,
      "Issuer not named",
      "The authorization server says that its answers name their issuer, and this one does not.",
      "Open the link again; if it stays, tell whoever runs that server."),
  CONNECT_ISS_MISMATCH(
      400,
      "Answer of another server",
      "The answer names another issuer than the one that you were sent to, or came back to another"
          + " one's address.",
      "Do not repeat it; tell your admin which page you came from."),
  CONNECT_SERVER_MIXED(
      400,
      "Server of several places",
      "The server's pages or its token endpoint are not at its issuer's own address, its answers do"
          + " not name their issuer, and there is no client with a secret: the answer could be"
          + " another server's.",
      "Tell your admin to register a client with a secret there and to add it under Connections."),
  CONNECT_DENIED(
      403,
      "Not allowed there",
      "The authorization server says that the access was denied.",
      "Open the link again and agree there, or ask who may use that server."),
  CONNECT_SERVER_ERROR(
      400,
      "Sign-in failed there",
      "The authorization server answered with an error.",
      "Open the link again; the audit holds the server's own word."),
  CONNECT_CODE_REFUSED(
      400,
      "Code refused",
      "The authorization server did not give tokens for its own code.",
      "Open the link again; if it stays, an admin should check the client there."),
  CONNECT_SERVER_UNAVAILABLE(
      502,
      "Authorization server out of reach",
      "The authorization server could not be asked for the tokens.",
      "Open the link again in a minute."),

  // Back-channel logout
  LOGOUT_FORM(
      400,
      "No logout token",
      "The call is no form with exactly one `logout_token`.",
      "Let the identity provider POST the token as `application/x-www-form-urlencoded`."),
  LOGOUT_TOKEN_MALFORMED(
      400,
      "Not a logout token",
      "The logout token is no signed JWT in canonical form.",
      "Let the identity provider sign logout tokens and not encrypt them."),
  LOGOUT_TOKEN_TYPE(
      400,
      "Token of another type",
      "The header's `typ` says that the token is no logout token.",
      "A logout token has the type `logout+jwt`, `JWT` or none."),
  LOGOUT_TOKEN_ALGORITHM(
      400,
      "Logout token signed too weakly",
      "The logout token's algorithm is `none`, HS* or unknown.",
      "Let the identity provider sign with RS256, ES256 or EdDSA."),
  LOGOUT_TOKEN_ISSUER(
      400,
      "Issuer unknown",
      "No sign-in provider has the logout token's `iss`.",
      "Compare `iss` with the provider's issuer, to the letter."),
  LOGOUT_TOKEN_AUDIENCE(
      400,
      "Logout token for somebody else",
      "`aud` names something that is neither the provider's client id nor one of its logout"
          + " clients.",
      "Add the client id to the provider's `logoutClients` if its agents sign in with it."),
  LOGOUT_TOKEN_TIME(
      400,
      "Logout token from another time",
      "`iat` is missing or too far from now, or `exp` lies in the past.",
      "Compare the clocks; `SALLYPORT_BACK_CHANNEL_LOGOUT_WINDOW` is how far `iat` may be off."),
  LOGOUT_TOKEN_JTI(
      400,
      "Logout token without id",
      "`jti` is missing or no usable string, so a replay could not be told.",
      "Let the identity provider give each logout token a `jti`."),
  LOGOUT_TOKEN_EVENT(
      400,
      "No logout event",
      "`events` is no object that holds the back-channel logout event as an object.",
      "Send a logout token; other security events are not taken here."),
  LOGOUT_TOKEN_NONCE(
      400,
      "Logout token with nonce",
      "A logout token never has a `nonce`: this looks like an ID token.",
      "Send the logout token."),
  LOGOUT_TOKEN_SUBJECT(
      400,
      "Logout of nobody",
      "The logout token has neither a usable subject nor a usable `sid`.",
      "Let the identity provider add `sid`, or the claim that the issuer's `subjectClaim` names."),
  LOGOUT_TOKEN_KEY(
      400,
      "Logout token's key unknown",
      "The issuer's key set holds no key that fits the logout token, even after a refresh.",
      "Refresh the issuer's keys if they were just rotated."),
  LOGOUT_TOKEN_SIGNATURE(
      400,
      "Logout token's signature wrong",
      "The logout token's signature does not verify with the issuer's key.",
      "The token was changed on its way, or somebody else signed it."),

  SIGN_IN_GROUPS_TYPE(
      400,
      "Groups unreadable",
      "The provider's groups claim is neither a string nor a list of strings.",
      "An admin should correct the claim's path or the provider's mapper."),
  SIGN_IN_UNMAPPED_GROUPS(
      400,
      "No role for your groups",
      "None of your groups is mapped to a role, and this provider lets in nobody without one.",
      "Ask an admin to map one of your groups, then sign in again."),

  // Administration
  UNAUTHENTICATED(
      401,
      "Not signed in",
      "The call carried no valid credential.",
      "Send an API key as `Authorization: Bearer sp_…`, or sign in."),
  CONSOLE_SESSION_IDLE(
      401,
      "Signed out after a time without use",
      "Nobody used this console session for as long as the server lets one rest.",
      "Sign in again."),
  CONSOLE_SESSION_EXPIRED(
      401,
      "Session over",
      "This console session reached the longest time that the server gives one.",
      "Sign in again."),
  CONSOLE_SESSION_ENDED(
      401,
      "Signed out",
      "This console session was ended: here, in another window, by an admin, or by the identity"
          + " provider.",
      "Sign in again."),
  CREDENTIAL_INVALID(
      401,
      "Credential not valid",
      "The bearer credential is unknown, expired or revoked.",
      "Check it for missing characters, or ask an admin for a new one."),
  API_KEY_REQUIRED(
      403,
      "API key needed",
      "Only an API key itself can be traded for this: a token must not become what lives longer.",
      "Send the key as `Authorization: Bearer sp_…`."),
  WORKLOAD_UNKNOWN(
      401,
      "No rule for this workload",
      "No live rule lets a workload with this issuer, audience and these claims in.",
      "Compare the token's claims with the workload rules, to the letter."),
  WORKLOAD_AMBIGUOUS(
      401,
      "Several rules for this workload",
      "Several rules with equally many conditions match the token, so that its role is unclear.",
      "Add a condition to one of the rules, or delete the others."),
  TWO_CREDENTIALS(
      400,
      "Two credentials",
      "The call carried more than one credential, so that it is unclear who calls.",
      "Send either the `Authorization` header, once, or the console's cookie."),
  FORBIDDEN(
      403,
      "Permission missing",
      "The actor lacks the permission that the detail names.",
      "Ask an admin for a role that holds it."),
  CONFERS_MORE(
      403,
      "More than you hold",
      "Nobody gives, changes or takes away more than they hold themselves.",
      "Ask somebody who holds the permission that the detail names."),
  CSRF(
      403,
      "Cross-site request refused",
      "A change by cookie came from another site, or without the `X-CSRF-Token` of its session.",
      "Call from this site, with the value of the `sallyport_csrf` cookie in `X-CSRF-Token`; or use"
          + " an API key."),
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
  OAUTH_CLIENT_EXISTS(
      409,
      "Client exists",
      "The authorization server has a client here already.",
      "Change that client, or delete it first."),
  AUDIENCE_IN_USE(
      409,
      "Audience in use",
      "A token for this audience would open apps and administer as well.",
      "Give workloads an audience of their own."),
  ROTATION_PENDING(
      409,
      "Rotation under way",
      "The next key of this purpose is published already and takes over in a few minutes.",
      "Wait until it is active, then rotate again."),
  ISSUER_KEYS_DIFFER(
      409,
      "Issuer known with other keys",
      "The issuer is known already and has another key source.",
      "Leave the keys out to use the known ones, or change the issuer itself."),
  ISSUER_IN_USE(409, "Issuer in use", "Configs refer to this issuer.", "Delete the configs first."),
  ROLE_IN_USE(
      409,
      "Role in use",
      "Somebody has the role, or a rule gives it.",
      "Revoke its assignments and change the mappings that give it first."),
  ROLE_IS_SYSTEM(
      409,
      "System role",
      "The roles that Sallyport comes with can't be changed or deleted.",
      "Create a role of your own with the permissions you want."),
  ASSIGNMENT_EXISTS(
      409,
      "Assigned already",
      "The actor has this role within this scope already.",
      "To change until when, revoke the assignment and give the role again."),
  ASSIGNMENT_MANAGED(
      409,
      "Kept elsewhere",
      "The assignment comes from a group mapping, or is the own role of a key or rule.",
      "Change the mapping, the groups, or the key."),
  USER_DEACTIVATED(
      403,
      "Deactivated here",
      "An administrator has deactivated this person here.",
      "Ask an administrator to reactivate you; signing in again does not help."),
  USER_IS_SELF(
      409,
      "That is you",
      "Nobody deactivates themselves: nobody could take it back.",
      "Ask another administrator."),
  BLOCK_OF_DEACTIVATION(
      409,
      "Block of a deactivated person",
      "The block stands because the person is deactivated, and goes with the reactivation.",
      "Reactivate the person under Users."),
  LAST_ADMIN(
      409,
      "Last administrator",
      "Afterwards nobody would hold `r-admin` everywhere and without an end.",
      "Make somebody else an administrator first."),
  PROVIDER_IN_USE(
      409,
      "Provider in use",
      "People who sign in with this provider are active.",
      "Deactivate them, or delete the provider with `deactivate=true`."),
  PROVIDER_DISCOVERY(
      400,
      "Provider unusable",
      "The provider's discovery document can't be had, or does not fit its issuer.",
      "Test the provider; the failed step says what to correct."),
  PROVIDER_ALGORITHMS(
      400,
      "Provider signs too weakly",
      "The provider signs ID tokens with HS* or `none` only, which is never accepted.",
      "Let the identity provider sign with RS256, ES256 or EdDSA."),
  MAPPING_EXISTS(
      409,
      "Mapping exists",
      "This group of the provider has this role already.",
      "Nothing has to be done, or choose another scope."),
  COUNT_DIFFERS(
      409,
      "More than expected",
      "The filter matches more than `expectedCount`.",
      "Look at the list again and repeat with its count."),
  TOO_MANY_BLOCKS(
      409,
      "Too many blocks",
      "To keep all these sign-ins out of all these apps takes more blocks than one call may write.",
      "Give `app` and end them app by app."),
  CONNECTION_NOT_RENEWABLE(
      409,
      "Nothing to refresh",
      "The connection has ended, or its authorization server gave no refresh token.",
      "Let the person connect again."),
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
