package dev.sallyport.config;

import dev.sallyport.crypto.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// All settings, read and checked once. A value in here is usable as it is.
public record Settings(
    URI publicUrl,
    String nodeName,
    @Nullable TlsSettings tls,
    Secret masterKey,
    DatabaseSettings database,
    AccessSettings access,
    FirstAdminSettings firstAdmin,
    CookieSettings cookies,
    OutboundSettings outbound,
    ConnectSettings connect,
    GatewaySettings gateway,
    LimitSettings limits,
    String helpContact,
    Duration logoutWindow,
    Duration sessionRetention,
    Duration auditRetention,
    boolean demo) {
  private static final int LONGEST_HEAD = 600;

  /// The connections beside the data source, which is the server's: one listens for changes. The
  /// other migrates, where somebody else does that than who runs.
  public record DatabaseSettings(String listenUrl, Account run, @Nullable Account migrate) {}

  /// A user at PostgreSQL.
  public record Account(String user, Secret password) {}

  /// How people and operators get in. Tokens are absent unless the operator set them.
  public record AccessSettings(
      @Nullable Secret bootstrapToken,
      @Nullable Secret recoveryToken,
      Duration apiTokenLifetime,
      Duration consoleSessionIdle,
      Duration consoleSessionLifetime) {}

  /// Who becomes the first admin by signing in; nobody while `groups` is empty.
  public record FirstAdminSettings(List<String> groups, @Nullable String provider) {}

  /// How the console's cookies are sent, and how long the keys live that sign them and the server's
  /// own tokens.
  public record CookieSettings(String sameSite, Duration keyRotation, Duration keyRetention) {}

  /// How this gateway presents itself to the authorization servers of remote apps.
  public record ConnectSettings(@Nullable String clientId, List<URI> returnTo) {}

  /// `maxBody` in bytes.
  public record GatewaySettings(
      long maxBody,
      PlaceSettings places,
      PatienceSettings patience,
      Duration notice,
      Duration drain,
      Duration assertionLifetime) {}

  /// How many calls may run at one upstream and in one session, and how many of tokens that a node
  /// does not know yet may wait to be let in.
  public record PlaceSettings(int upstream, int session, int entry) {}

  /// How long the gateway waits for upstreams: for a connection, for the head of an answer, for
  /// more of a stream, and for a place at a busy one; and for clients: for the head of a
  /// request, and for more of its body.
  public record PatienceSettings(
      Duration connect,
      Duration response,
      Duration idle,
      Duration place,
      Duration head,
      Duration body) {}

  /// Each per minute.
  public record LimitSettings(long refused, long tokenless, long signIn, long logout, long api) {}

  /// Reads the process's environment.
  public static Settings fromEnvironment() {
    return read(System.getenv());
  }

  /// Reads these variables, and the file that `SALLYPORT_CONFIG` among them names.
  public static Settings read(Map<String, String> environment) {
    SettingReader reader = new SettingReader(RawSettings.read(environment));
    Settings settings = build(reader);
    if (settings.demo() && !PublicUrl.isLoopback(settings.publicUrl())) {
      reader.problem(SettingKey.DEMO, "the demo runs on loopback only");
    }
    checkOrder(settings, reader);
    reader.throwIfAny();
    return settings;
  }

  private static void checkOrder(Settings settings, SettingReader reader) {
    Duration lifetime = settings.access().consoleSessionLifetime();
    if (settings.access().consoleSessionIdle().compareTo(lifetime) >= 0) {
      reader.problem(
          SettingKey.CONSOLE_SESSION_IDLE, "must be shorter than CONSOLE_SESSION_LIFETIME");
    }
    if (settings.cookies().keyRetention().compareTo(lifetime) <= 0) {
      reader.problem(
          SettingKey.SIGNING_KEY_RETENTION, "must be longer than CONSOLE_SESSION_LIFETIME");
    }
  }

  private static Settings build(SettingReader in) {
    String dbUrl = Objects.requireNonNull(in.text(SettingKey.DB_URL));
    String listenUrl = in.text(SettingKey.DB_LISTEN_URL);
    return new Settings(
        in.publicUrl(),
        in.nodeName(),
        TlsSettings.read(in),
        in.required(SettingKey.MASTER_KEY),
        new DatabaseSettings(
            listenUrl == null ? dbUrl : listenUrl,
            in.account(SettingKey.DB_USER, SettingKey.DB_PASSWORD).orElseThrow(),
            in.account(SettingKey.DB_MIGRATE_USER, SettingKey.DB_MIGRATE_PASSWORD).orElse(null)),
        new AccessSettings(
            in.secret(SettingKey.BOOTSTRAP_TOKEN),
            in.secret(SettingKey.RECOVERY_TOKEN),
            in.durationAtMost(SettingKey.API_TOKEN_LIFETIME, Duration.ofMinutes(15)),
            in.duration(SettingKey.CONSOLE_SESSION_IDLE),
            in.duration(SettingKey.CONSOLE_SESSION_LIFETIME)),
        new FirstAdminSettings(
            in.list(SettingKey.FIRST_ADMIN_GROUPS), in.text(SettingKey.FIRST_ADMIN_PROVIDER)),
        new CookieSettings(
            in.oneOf(SettingKey.CONSOLE_COOKIE_SAME_SITE, List.of("Lax", "Strict")),
            in.duration(SettingKey.SIGNING_KEY_ROTATION),
            in.duration(SettingKey.SIGNING_KEY_RETENTION)),
        new OutboundSettings(
            in.list(SettingKey.OUTBOUND_ALLOW),
            in.list(SettingKey.TRUSTED_PROXIES),
            in.list(SettingKey.FORWARD_AUTH_PROXIES),
            in.path(SettingKey.OUTBOUND_CA_FILE),
            in.text(SettingKey.OUTBOUND_PROXY)),
        new ConnectSettings(in.clientIdUrl(), in.pages(SettingKey.CONNECT_RETURN_TO)),
        new GatewaySettings(
            in.number(SettingKey.GATEWAY_MAX_BODY),
            new PlaceSettings(
                in.count(SettingKey.GATEWAY_MAX_CALLS_PER_UPSTREAM),
                in.count(SettingKey.GATEWAY_MAX_CALLS_PER_SESSION),
                in.count(SettingKey.GATEWAY_MAX_ENTERING)),
            new PatienceSettings(
                in.duration(SettingKey.GATEWAY_CONNECT_TIMEOUT),
                in.duration(SettingKey.GATEWAY_RESPONSE_TIMEOUT),
                in.duration(SettingKey.GATEWAY_STREAM_IDLE),
                in.duration(SettingKey.GATEWAY_WAIT),
                in.secondsAtMost(SettingKey.GATEWAY_HEAD_SECONDS, LONGEST_HEAD),
                in.duration(SettingKey.GATEWAY_BODY_TIMEOUT)),
            in.durationOrNone(SettingKey.GATEWAY_NOTICE),
            in.duration(SettingKey.GATEWAY_DRAIN),
            in.durationAtMost(SettingKey.ASSERTION_LIFETIME, Duration.ofMinutes(10))),
        new LimitSettings(
            in.number(SettingKey.LIMIT_REFUSED_PER_MINUTE),
            in.number(SettingKey.LIMIT_TOKENLESS_PER_MINUTE),
            in.number(SettingKey.LIMIT_SIGN_IN_PER_MINUTE),
            in.number(SettingKey.LIMIT_LOGOUT_PER_MINUTE),
            in.number(SettingKey.LIMIT_API_PER_MINUTE)),
        in.line(SettingKey.HELP_CONTACT),
        in.durationAtMost(SettingKey.BACK_CHANNEL_LOGOUT_WINDOW, Duration.ofHours(1)),
        in.duration(SettingKey.SESSION_RETENTION),
        in.duration(SettingKey.AUDIT_RETENTION),
        in.flag(SettingKey.DEMO));
  }

  /// The public URL as text, without a trailing slash.
  public String publicBase() {
    return publicUrl.toString();
  }

  /// The ports that this server listens on; no app may be one of them.
  public Set<Integer> ownPorts() {
    Set<Integer> ports = new HashSet<>();
    ports.add(Integer.getInteger("jboss.http.port", 8080));
    ports.add(Integer.getInteger("jboss.management.http.port", 9990));
    if (tls != null) {
      ports.add(tls.port());
    }
    return ports;
  }

  /// How many threads serve connections, as the server's own listener has it.
  public int ioThreads() {
    return Integer.getInteger("sallyport.io-threads", 2);
  }
}
