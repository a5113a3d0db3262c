package dev.sallyport.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.crypto.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
  private static final String KEY = "c2VjcmV0LW1hc3Rlci1rZXk=";

  private static Map<String, String> with(String... keysAndValues) {
    var environment = new HashMap<String, String>();
    environment.put("SALLYPORT_MASTER_KEY", KEY);
    for (int i = 0; i < keysAndValues.length; i += 2) {
      environment.put("SALLYPORT_" + keysAndValues[i], keysAndValues[i + 1]);
    }
    return environment;
  }

  private static void assertRefused(Map<String, String> environment, String sentence) {
    assertThatThrownBy(() -> Settings.read(environment))
        .isInstanceOf(BadSettingsException.class)
        .hasMessageContaining(sentence);
  }

  @Test
  void readWhenOnlyTheKeyIsGivenThenDefaults() {
    Settings settings = Settings.read(with());
    assertThat(settings.publicUrl()).isEqualTo(URI.create("http://127.0.0.1:8080"));
    assertThat(settings.masterKey()).isEqualTo(new Secret(KEY));
    assertThat(settings.database().listenUrl())
        .isEqualTo("jdbc:postgresql://127.0.0.1:5432/sallyport");
    assertThat(settings.access().bootstrapToken()).isNull();
    assertThat(settings.gateway().drain()).isEqualTo(Duration.ofSeconds(30));
    assertThat(settings.outbound().allow()).isEmpty();
    assertThat(settings.demo()).isFalse();
  }

  @Test
  void readWhenAUserMigratesThenItIsAnother() {
    var database =
        Settings.read(
                with("DB_PASSWORD", "p1", "DB_MIGRATE_USER", "owner", "DB_MIGRATE_PASSWORD", "p2"))
            .database();
    assertThat(database.run()).isEqualTo(new Settings.Account("sallyport", new Secret("p1")));
    assertThat(database.migrate()).isEqualTo(new Settings.Account("owner", new Secret("p2")));
    assertThat(Settings.read(with()).database().migrate()).isNull();
  }

  @Test
  void readWhenBothTlsFilesAreGivenThenHttps() {
    Settings settings =
        Settings.read(with("TLS_CERTIFICATE_FILE", "/tls/chain.pem", "TLS_KEY_FILE", "/tls/key"));
    assertThat(settings.tls())
        .isEqualTo(
            new TlsSettings(Path.of("/tls/chain.pem"), Path.of("/tls/key"), "0.0.0.0", 8443));
    assertThat(settings.ownPorts()).contains(8443);
    assertThat(Settings.read(with()).tls()).isNull();
  }

  @Test
  void readWhenOneTlsFileIsMissingThenRefused() {
    assertRefused(with("TLS_CERTIFICATE_FILE", "/tls/chain.pem"), "SALLYPORT_TLS_KEY_FILE: must");
    assertRefused(with("TLS_KEY_FILE", "/tls/key"), "SALLYPORT_TLS_CERTIFICATE_FILE: must");
  }

  @Test
  void readWhenTheTlsPortIsNoneThenRefused() {
    assertRefused(with("TLS_PORT", "65536"), "SALLYPORT_TLS_PORT: must be at most 65535");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://gw.example/client.json",
        "https://gw.example/",
        "https://gw.example",
        "https://a@gw.example/client.json",
        "https://gw.example/client.json#x",
        "client"
      })
  void readWhenTheClientIdIsNoDocumentUrlThenRefused(String url) {
    assertRefused(with("CONNECTION_CLIENT_ID", url), "SALLYPORT_CONNECTION_CLIENT_ID");
  }

  @Test
  void readWhenTheClientIdIsADocumentUrlThenTaken() {
    String url = "https://gw.example/client.json";
    assertThat(Settings.read(with("CONNECTION_CLIENT_ID", url)).connect().clientId())
        .isEqualTo(url);
  }

  @Test
  void readWhenValuesAreGivenThenTaken() {
    Settings settings =
        Settings.read(
            with(
                "PUBLIC_URL", "https://gw.example/",
                "DB_URL", "jdbc:postgresql://db/x",
                "OUTBOUND_ALLOW", " 10.0.0.0/8, idp.local ,",
                "LIMIT_API_PER_MINUTE", "7",
                "ASSERTION_LIFETIME", "PT10M"));
    assertThat(settings.publicBase()).isEqualTo("https://gw.example");
    assertThat(settings.database().listenUrl()).isEqualTo("jdbc:postgresql://db/x");
    assertThat(settings.outbound().allow()).containsExactly("10.0.0.0/8", "idp.local");
    assertThat(settings.limits().api()).isEqualTo(7);
    assertThat(settings.gateway().assertionLifetime()).isEqualTo(Duration.ofMinutes(10));
  }

  @Test
  void readWhenValueIsEmptyThenDefault() {
    assertThat(Settings.read(with("LIMIT_API_PER_MINUTE", " ")).limits().api()).isEqualTo(6000);
  }

  @Test
  void readWhenKeyIsMissingThenNamed() {
    assertRefused(Map.of(), "SALLYPORT_MASTER_KEY: must be set");
    assertRefused(Map.of("SALLYPORT_MASTER_KEY", ""), "SALLYPORT_MASTER_KEY: must be set");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          GATEWAY_MAX_BODY         | ten     | must be a whole number above 0, not 'ten'
          GATEWAY_MAX_BODY         | 0       | must be a whole number above 0, not '0'
          GATEWAY_HEAD_SECONDS     | 0       | must be a whole number above 0
          GATEWAY_HEAD_SECONDS     | PT10S   | must be a whole number above 0, not 'PT10S'
          GATEWAY_HEAD_SECONDS     | 601     | must be at most 600
          LIMIT_SIGN_IN_PER_MINUTE | -1      | must be a whole number above 0, not '-1'
          LIMIT_API_PER_MINUTE     | 1.5     | must be a whole number above 0, not '1.5'
          CONSOLE_SESSION_IDLE     | 5m      | must be a duration such as
          GATEWAY_DRAIN            | PT0S    | must be a duration such as
          GATEWAY_NOTICE           | 5s      | must be a duration such as
          GATEWAY_NOTICE           | -PT1S   | must be a duration such as
          GATEWAY_DRAIN            | -PT1S   | must be a duration such as
          ASSERTION_LIFETIME       | PT10M1S | must be at most PT10M
          GATEWAY_MAX_CALLS_PER_UPSTREAM | 4294967297 | must be at most 2147483647
          CONSOLE_COOKIE_SAME_SITE | None    | must be Lax or Strict, not 'None'
          CONSOLE_SESSION_IDLE     | PT8H    | must be shorter than CONSOLE_SESSION_LIFETIME
          SIGNING_KEY_RETENTION    | PT8H    | must be longer than CONSOLE_SESSION_LIFETIME
          DEMO                     | yes     | must be true or false, not 'yes'
          NO_SUCH_KEY              | x       | there is no such setting
          DB_USER_FILE             | /x      | there is no such setting
          """)
  void readWhenValueIsBadThenNamed(String key, String value, String sentence) {
    assertRefused(with(key, value), "SALLYPORT_" + key + ": " + sentence);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://gw.example",
        "https://gw.example/path",
        "https://gw.example?x=1",
        "ftp://gw.example",
        "gw.example",
        "https://",
        "https://gw .example",
        "https:gw.example",
        "https://u:p@gw.example",
        "https://gw.example#x",
        "https://gw.example:0",
        "https://gw.example:65536",
        "http://10.0.0.1:8080",
        "http://127.evil.example",
        "http://localhost.evil.example",
        "http://notlocalhost"
      })
  void readWhenPublicUrlIsNoOriginOrPlainOffLoopbackThenRefused(String url) {
    assertRefused(with("PUBLIC_URL", url), "SALLYPORT_PUBLIC_URL: must be https://host[:port]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1:8080",
        "http://127.8.9.10:8080",
        "http://localhost:1",
        "http://gw.localhost:8080",
        "http://[::1]:8080",
        "https://gw.example:8443"
      })
  void readWhenPublicUrlIsHttpsOrLoopbackThenTaken(String url) {
    assertThat(Settings.read(with("PUBLIC_URL", url)).publicBase()).isEqualTo(url);
  }

  @ParameterizedTest
  @CsvSource({
    "https://gw.example:443, https://gw.example",
    "HTTPS://GW.example, https://gw.example",
    "https://gw.example:, https://gw.example",
    "http://LOCALHOST:80/, http://localhost",
    "https://gw.example:80, https://gw.example:80",
    "https://[2001:DB8::1]:443, https://[2001:db8::1]"
  })
  void readWhenPublicUrlIsWrittenOtherwiseThenAsBrowsersSayIt(String url, String origin) {
    assertThat(Settings.read(with("PUBLIC_URL", url)).publicBase()).isEqualTo(origin);
  }

  @Test
  void readWhenPathCanNotBeThenNamed() {
    assertRefused(with("OUTBOUND_CA_FILE", "a\0b"), "SALLYPORT_OUTBOUND_CA_FILE: is no path");
    assertRefused(with("CONFIG", "a\0b"), "SALLYPORT_CONFIG: can't read");
  }

  @Test
  void readWhenDemoRunsOffLoopbackThenRefused() {
    assertThat(Settings.read(with("DEMO", "TRUE")).demo()).isTrue();
    assertRefused(
        with("DEMO", "true", "PUBLIC_URL", "https://gw.example"),
        "SALLYPORT_DEMO: the demo runs on loopback only");
  }

  @Test
  void readWhenSeveralAreBadThenAllAreNamed() {
    assertThatThrownBy(() -> Settings.read(Map.of("SALLYPORT_DEMO", "x", "SALLYPORT_FOO", "y")))
        .hasMessageContaining("SALLYPORT_DEMO:")
        .hasMessageContaining("SALLYPORT_FOO:")
        .hasMessageContaining("SALLYPORT_MASTER_KEY:");
  }

  @Test
  void readWhenOthersVariablesAreThereThenIgnored() {
    var environment = with();
    environment.put("PATH", "/bin");
    environment.put("SALLYPORT_JAVA_HOME", "/jdk");
    assertThat(Settings.read(environment).masterKey()).isEqualTo(new Secret(KEY));
  }

  @Test
  void toStringWhenSecretsAreSetThenRedacted() {
    String secret = "s3cr3t-value";
    Settings settings =
        Settings.read(
            with(
                "MASTER_KEY", secret + 1,
                "DB_PASSWORD", secret + 2,
                "BOOTSTRAP_TOKEN", secret + 3,
                "RECOVERY_TOKEN", secret + 4));
    assertThat(settings.toString()).doesNotContain(secret).contains("[REDACTED]");
  }

  @Test
  void readWhenSomethingIsBadThenNoSecretInTheMessage() {
    String secret = "s3cr3t-value";
    assertThatThrownBy(
            () -> Settings.read(with("DB_PASSWORD", secret, "DB_PASWORD", secret, "DEMO", "x")))
        .hasMessageContaining("SALLYPORT_DB_PASWORD")
        .hasMessageNotContaining(secret);
  }
}
