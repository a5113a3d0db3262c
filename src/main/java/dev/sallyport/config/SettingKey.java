package dev.sallyport.config;

import org.jspecify.annotations.Nullable;

/// Every setting there is. The name of the constant is its key: `PUBLIC_URL` is read from
/// `SALLYPORT_PUBLIC_URL` or from the same key in the file that `SALLYPORT_CONFIG` names. A secret
/// may be read from a file instead, with `_FILE` behind its key. `docs/settings.md` is made from
/// here.
public enum SettingKey {
  CONFIG(Kind.TEXT, null, "Path of a properties file with the same keys; variables win over it."),
  PUBLIC_URL(
      Kind.TEXT,
      "http://127.0.0.1:8080",
      "The URL under which people and agents reach Sallyport. https, unless it is loopback."),
  TLS_CERTIFICATE_FILE(
      Kind.TEXT,
      null,
      "PEM file of the certificate that https shows, its issuers behind it. With TLS_KEY_FILE it"
          + " opens an https port; both are read again when they change."),
  TLS_KEY_FILE(Kind.TEXT, null, "PEM file of the certificate's private key, without a password."),
  TLS_BIND(Kind.TEXT, "0.0.0.0", "Address on which https listens."),
  TLS_PORT(Kind.NUMBER, "8443", "Port on which https listens."),
  NODE_NAME(
      Kind.TEXT,
      null,
      "What this server is called among the nodes. Default: the name of its host."),
  MASTER_KEY(
      Kind.SECRET,
      null,
      "Key that encrypts secrets in the database: 32 bytes in base64. Several, separated by commas:"
          + " the first encrypts, all decrypt. Required."),
  DB_URL(
      Kind.TEXT,
      "jdbc:postgresql://127.0.0.1:5432/sallyport",
      "JDBC URL of PostgreSQL, without parameters. As a variable only: the server's data source"
          + " reads it."),
  DB_USER(Kind.TEXT, "sallyport", "User at PostgreSQL. As a variable only."),
  DB_PASSWORD(Kind.SECRET, "", "Password at PostgreSQL. As a variable only."),
  DB_MIGRATE_USER(
      Kind.TEXT,
      null,
      "User that brings the schema up to date and owns its tables; DB_USER then gets rights on rows"
          + " alone. Default: DB_USER does both."),
  DB_MIGRATE_PASSWORD(Kind.SECRET, "", "Password of DB_MIGRATE_USER."),
  DB_LISTEN_URL(
      Kind.TEXT,
      null,
      "JDBC URL of the connections that listen for changes and that migrate; must bypass a pooler"
          + " in transaction mode. Default: DB_URL."),
  BOOTSTRAP_TOKEN(
      Kind.SECRET,
      null,
      "One-time token that makes the first admin key; without it, bootstrap is closed."),
  RECOVERY_TOKEN(
      Kind.SECRET,
      null,
      "At start, an admin key of this value is made for one hour. Remove it after use."),
  FIRST_ADMIN_GROUPS(
      Kind.LIST,
      "",
      "Groups at a sign-in provider of which the first person to sign in becomes admin, while there"
          + " is none."),
  FIRST_ADMIN_PROVIDER(
      Kind.TEXT,
      null,
      "Name of the one sign-in provider whose groups FIRST_ADMIN_GROUPS means. Default: any."),
  HELP_CONTACT(
      Kind.TEXT,
      "your administrator",
      "Whom people should ask who may not enter an app or administer nothing: a name, an address or"
          + " a page, as it stands in sentences such as \"ask your administrator\"."),
  TRUSTED_PROXIES(
      Kind.LIST, "", "Addresses or CIDR ranges of proxies whose X-Forwarded-For counts."),
  FORWARD_AUTH_PROXIES(
      Kind.LIST,
      "",
      "Those of the TRUSTED_PROXIES that may ask at /authz/ whether a request may go on. One that"
          + " also passes clients' calls on must not let them through to that path."),
  OUTBOUND_ALLOW(
      Kind.LIST,
      "",
      "Hosts, addresses or CIDR ranges that fetches may reach although they are private or plain"
          + " http."),
  OUTBOUND_CA_FILE(Kind.TEXT, null, "PEM file of certificate authorities, added to the system's."),
  OUTBOUND_PROXY(Kind.TEXT, null, "Egress proxy for fetches, such as http://proxy:3128."),
  CONNECTION_CLIENT_ID(
      Kind.TEXT,
      null,
      "https URL of a client id metadata document that describes this gateway, where its own can't"
          + " be read by authorization servers. Default: the one under PUBLIC_URL, if that is"
          + " https."),
  GATEWAY_MAX_BODY(
      Kind.NUMBER, "16777216", "Largest request body that the gateway passes on, in bytes."),
  GATEWAY_MAX_CALLS_PER_UPSTREAM(
      Kind.NUMBER, "10000", "Calls and streams that may run at one upstream at a time."),
  GATEWAY_MAX_CALLS_PER_SESSION(
      Kind.NUMBER, "1000", "Calls and streams that one session may have running at a node."),
  GATEWAY_MAX_ENTERING(
      Kind.NUMBER,
      "2048",
      "Pieces of work that let calls in, waiting or running: one for all calls of a token or cookie"
          + " that a node does not know yet. One client address, and one app, may hold as many of"
          + " these places as are free for others. As many again may wait for what must be fetched"
          + " from other servers for calls that are in."),
  GATEWAY_CONNECT_TIMEOUT(
      Kind.DURATION,
      "PT3S",
      "How long finding, connecting and greeting (TLS) an upstream may take together."),
  GATEWAY_RESPONSE_TIMEOUT(
      Kind.DURATION,
      "PT5M",
      "How long an upstream may take until the head of its answer; the body, such as a stream, has"
          + " no limit but the next."),
  GATEWAY_HEAD_SECONDS(
      Kind.NUMBER,
      "10",
      "How many seconds a client may take for the head of a request, 600 at most. As a variable"
          + " only: the server's listener reads it."),
  GATEWAY_BODY_TIMEOUT(
      Kind.DURATION,
      "PT30S",
      "How long a client may take for its next KiB of a request's body, or for the whole body where"
          + " the gateway answers by itself; the body of a console or REST request has so long in"
          + " all."),
  GATEWAY_STREAM_IDLE(
      Kind.DURATION,
      "PT1H",
      "A stream ends when its upstream has sent nothing, or its client has read nothing, for so"
          + " long."),
  GATEWAY_WAIT(
      Kind.DURATION,
      "PT2S",
      "How long a call waits for a place when all upstreams of its app serve as many calls as they"
          + " may."),
  GATEWAY_NOTICE(
      Kind.DURATION,
      "PT5S",
      "How long a server that is stopped goes on taking calls while it says that it is not ready, so"
          + " that proxies find out before they are refused; PT0S where no proxy asks."),
  GATEWAY_DRAIN(
      Kind.DURATION,
      "PT30S",
      "How long running calls may go on after that, when new ones are refused."),
  ASSERTION_LIFETIME(
      Kind.DURATION, "PT5M", "Lifetime of the assertion that upstreams get; at most PT10M."),
  CONNECT_RETURN_TO(
      Kind.LIST,
      "",
      "URLs that people may be sent to after they connected an account: as they are, and all below"
          + " them."),
  LIMIT_REFUSED_PER_MINUTE(
      Kind.NUMBER,
      "60",
      "Refused tokens per minute and client address; cookies of app hosts under unknown keys"
          + " likewise."),
  LIMIT_TOKENLESS_PER_MINUTE(
      Kind.NUMBER, "120", "Calls without a token per minute and client address."),
  LIMIT_SIGN_IN_PER_MINUTE(
      Kind.NUMBER, "20", "Attempts to sign in or to bootstrap per minute and client address."),
  LIMIT_LOGOUT_PER_MINUTE(
      Kind.NUMBER, "3000", "Back-channel logouts per minute and sign-in provider."),
  LIMIT_API_PER_MINUTE(Kind.NUMBER, "6000", "REST calls per minute and API key."),
  API_TOKEN_LIFETIME(
      Kind.DURATION,
      "PT15M",
      "Lifetime of the tokens that API keys are traded for; at most PT15M."),
  CONSOLE_SESSION_IDLE(
      Kind.DURATION, "PT1H", "A console session ends after this time without use."),
  CONSOLE_SESSION_LIFETIME(
      Kind.DURATION, "PT8H", "A console session ends after this time at the latest."),
  CONSOLE_COOKIE_SAME_SITE(
      Kind.TEXT,
      "Lax",
      "SameSite of the console's cookies: Lax, or Strict, with which links from other sites lead to"
          + " the sign-in page."),
  SIGNING_KEY_ROTATION(
      Kind.DURATION,
      "P30D",
      "Age at which the server replaces a signing key of its own by itself."),
  SIGNING_KEY_RETENTION(
      Kind.DURATION,
      "PT24H",
      "How long a replaced signing key still verifies; longer than"
          + " SALLYPORT_CONSOLE_SESSION_LIFETIME."),
  BACK_CHANNEL_LOGOUT_WINDOW(
      Kind.DURATION,
      "PT5M",
      "How far the `iat` of a back-channel logout token may lie from now; at most PT1H."),
  SESSION_RETENTION(
      Kind.DURATION, "P400D", "How long ended app sessions are listed. Whole months are dropped."),
  AUDIT_RETENTION(
      Kind.DURATION,
      "P400D",
      "How long audit rows are kept. Whole months are dropped, and only when a signed checkpoint"
          + " covers them."),
  DEMO(
      Kind.FLAG,
      "false",
      "Allows the demo's plain-http issuer and upstreams; refused unless the public URL is"
          + " loopback.");

  /// What a value must look like.
  enum Kind {
    TEXT,
    SECRET,
    NUMBER,
    DURATION,
    LIST,
    FLAG
  }

  private final Kind kind;
  private final @Nullable String standard;
  private final String description;

  SettingKey(Kind kind, @Nullable String standard, String description) {
    this.kind = kind;
    this.standard = standard;
    this.description = description;
  }

  /// The full key, such as `SALLYPORT_PUBLIC_URL`.
  public String key() {
    return "SALLYPORT_" + name();
  }

  public boolean isSecret() {
    return kind == Kind.SECRET;
  }

  Kind kind() {
    return kind;
  }

  public @Nullable String standard() {
    return standard;
  }

  public String description() {
    return description;
  }
}
