package dev.sallyport.testing;

import dev.sallyport.crypto.Secret;
import dev.sallyport.launcher.AdminApi;
import dev.sallyport.launcher.Checkout;
import dev.sallyport.launcher.LaunchOptions;
import dev.sallyport.launcher.Node;
import dev.sallyport.launcher.RunningStack;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The server that an integration test talks to: a test takes it as a parameter after
/// `@ExtendWith(RunningServer.Extension.class)`. It is the one whose `run.json` the variable
/// `SALLYPORT_RUN_JSON` names, or one that is started for this test run on a new data folder.
public final class RunningServer implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String VARIABLE = "SALLYPORT_RUN_JSON";

  private final JsonNode run;
  private final Path dataFolder;
  private final @Nullable RunningStack own;
  private final List<Node> nodes;

  private RunningServer(Path runFile, @Nullable RunningStack own) {
    this.own = own;
    this.dataFolder = runFile.toAbsolutePath().getParent();
    try {
      run = JSON.readTree(Files.readString(runFile));
      nodes = new CopyOnWriteArrayList<>(JSON.treeToValue(run.get("nodes"), Node[].class));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Gives the server to tests; one for the whole test run.
  public static final class Extension implements ParameterResolver {
    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == RunningServer.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      // The store closes it when the last test is done.
      return context
          .getRoot()
          .getStore(Namespace.GLOBAL)
          .computeIfAbsent(RunningServer.class, key -> find(), RunningServer.class);
    }
  }

  /// The one that the variable names, or a new one.
  public static RunningServer find() {
    String runFile = System.getProperty(VARIABLE, System.getenv(VARIABLE));
    return runFile == null ? start(Map.of()) : new RunningServer(Path.of(runFile), null);
  }

  /// Starts one on a new data folder, for a test that must not share. It takes half a minute.
  public static RunningServer start(Map<String, String> settings) {
    return start(1, settings);
  }

  /// Several nodes behind HAProxy.
  public static RunningServer start(int nodes, Map<String, String> settings) {
    try {
      return start(nodes, Files.createTempDirectory("sallyport-it"), settings);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// One on a data folder that there is.
  public static RunningServer startOn(Path data) {
    return startOn(data, Map.of());
  }

  public static RunningServer startOn(Path data, Map<String, String> settings) {
    return start(1, data, settings);
  }

  private static RunningServer start(int nodes, Path data, Map<String, String> settings) {
    var options = new LaunchOptions(0, data, true, nodes);
    RunningStack stack = new RunningStack(options, Checkout.current(), settings);
    Runtime.getRuntime().addShutdownHook(new Thread(stack::close));
    try {
      return new RunningServer(stack.start().runFile(), stack);
    } catch (RuntimeException e) {
      stack.close();
      throw e;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /// Such as `http://127.0.0.1:8080`.
  public String base() {
    return run.get("base").asString();
  }

  /// The servers behind it, one or more.
  public List<Node> nodes() {
    return List.copyOf(nodes);
  }

  /// Starts a node again that the test has stopped; nodes are counted from 1. Only of a server that
  /// was started for the test.
  public void restart(int node) {
    try {
      nodes.set(node - 1, Objects.requireNonNull(own).restart(node));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /// The management interface, with health and metrics.
  public String management() {
    return run.get("management").asString();
  }

  /// Where the run keeps its ports, secrets and database.
  public Path dataFolder() {
    return dataFolder;
  }

  public Secret adminKey() {
    return new Secret(run.get("adminKey").asString());
  }

  /// The REST API as the admin; the caller closes it.
  public AdminApi api() {
    return new AdminApi(base(), adminKey());
  }

  /// The `iss` of the demo's identity provider.
  public String issuer() {
    return demo("issuer");
  }

  /// The audience that the demo's config asks for.
  public String audience() {
    return demo("audience");
  }

  /// Where clients reach the demo's MCP server through the gateway.
  public String mcpUrl() {
    return demo("mcpUrl");
  }

  /// A new token of one of the demo's people.
  public String token(String person) {
    String form =
        "grant_type=password&client_id=%s&username=%s&password=%s"
            .formatted(encoded(demo("clientId")), encoded(person), encoded(password(person)));
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(demo("tokenEndpoint")))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form))
            .build();
    return JSON.readTree(send(request).body()).get("access_token").asString();
  }

  /// Sends any request and reads the body as text.
  public static HttpResponse<String> send(HttpRequest request) {
    // Else the client would ask each server to upgrade to h2c.
    var plain = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1);
    try (HttpClient client = plain.build()) {
      return client.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    if (own != null) {
      own.close();
    }
  }

  private String demo(String name) {
    return run.get("demo").get(name).asString();
  }

  private String password(String person) {
    for (JsonNode user : run.get("demo").get("users")) {
      if (user.get("name").asString().equals(person)) {
        return user.get("password").asString();
      }
    }
    throw new IllegalArgumentException("The demo knows no " + person);
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }
}
