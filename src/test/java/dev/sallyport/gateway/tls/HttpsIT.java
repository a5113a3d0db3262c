package dev.sallyport.gateway.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.testing.Await;
import dev.sallyport.testing.Entrance;
import dev.sallyport.testing.HttpsClient;
import dev.sallyport.testing.OpenStream;
import dev.sallyport.testing.RunningServer;
import dev.sallyport.testing.TestPki;
import dev.sallyport.testing.demo.DumperApp;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The https listener in the running server: everything is behind it, and its certificate changes
/// under running connections.
@ExtendWith(RunningServer.Extension.class)
class HttpsIT {
  private final DumperApp upstream = DumperApp.start(0);
  private RunningServer server;
  private Entrance entrance;

  @BeforeEach
  void open(RunningServer running) {
    server = running;
    entrance = Entrance.to(server, upstream.url() + "/");
  }

  @AfterEach
  void close() {
    upstream.close();
  }

  @ParameterizedTest
  @EnumSource(Version.class)
  void everythingAnswersInBothVersions(Version version) {
    try (HttpsClient client = HttpsClient.of(server, version)) {
      HttpResponse<String> page = client.get("/auth/sign-in", "Accept", "text/html");
      assertThat(page.statusCode()).isEqualTo(200);
      assertThat(page.version()).isEqualTo(version);

      String key = server.adminKey().reveal();
      assertThat(client.get("/api/v1/auth/me", "Authorization", "Bearer " + key).body())
          .contains("r-admin");

      HttpResponse<String> call = client.call(entrance, "/x?a=b");
      assertThat(call.statusCode()).as(call.body()).isEqualTo(200);
      assertThat(call.body()).contains("Sallyport-Jwt-Assertion");
    }
  }

  @ParameterizedTest
  @EnumSource(Version.class)
  void streamWhenItsSessionEndsThenIsCutAndOthersLiveOn(Version version) {
    try (HttpsClient client = HttpsClient.of(server, version)) {
      OpenStream ended = OpenStream.of(client.stream(entrance, "/sse-quiet"));
      OpenStream other =
          OpenStream.of(client.stream(Entrance.to(server, upstream.url() + "/"), "/sse-quiet"));
      upstream.awaitOpenStreams(2, Await.PATIENCE);

      entrance.end(entrance.session());

      ended.awaitCut(Await.PATIENCE);
      upstream.awaitOpenStreams(1, Await.PATIENCE);
      assertThat(other.isOpen()).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource(Version.class)
  void streamWhenItsClientLeavesThenUpstreamHearsOfIt(Version version) throws IOException {
    try (HttpsClient client = HttpsClient.of(server, version)) {
      HttpResponse<InputStream> answer = client.stream(entrance, "/sse-quiet");
      upstream.awaitOpenStreams(1, Await.PATIENCE);

      answer.body().close();

      upstream.awaitOpenStreams(0, Await.PATIENCE);
    }
  }

  @Test
  void certificateWhenFilesChangeThenNewConnectionsSeeItAndOldOnesLiveOn(@TempDir Path folder)
      throws IOException {
    TestPki next = TestPki.make(folder, "next", "RSA");
    try (HttpsClient client = HttpsClient.of(server, Version.HTTP_2)) {
      OpenStream running = OpenStream.of(client.stream(entrance, "/sse-quiet"));

      replace(next.certificate(), next.key());

      Await.until("the new certificate", () -> shown().contains("CN=next"));
      assertThat(running.isOpen()).isTrue();
      assertThat(client.call(entrance, "/x").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void certificateWhenTheNewOneIsBrokenThenTheOldOneStaysAndHealthWarns() throws IOException {
    String before = shown();
    String good = Files.readString(file("certificate.pem"));
    try {
      Files.writeString(file("certificate.pem"), "nothing");

      Await.until("a warning", () -> health().contains("SALLYPORT_TLS_CERTIFICATE_FILE must be"));
      assertThat(shown()).isEqualTo(before);
    } finally {
      Files.writeString(file("certificate.pem"), good);
    }
    Await.until("no warning", () -> !health().contains("SALLYPORT_TLS_CERTIFICATE_FILE must be"));
  }

  private Path file(String name) {
    return server.dataFolder().resolve("tls").resolve(name);
  }

  private void replace(String certificate, String key) throws IOException {
    Files.writeString(file("key.pem"), key);
    Files.writeString(file("certificate.pem"), certificate);
  }

  private String shown() {
    return HttpsClient.certificate(server).getSubjectX500Principal().getName();
  }

  private String health() {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server.management() + "/health/ready")).build();
    HttpResponse<String> health = RunningServer.send(request);
    assertThat(health.statusCode()).isEqualTo(200);
    return health.body();
  }
}
