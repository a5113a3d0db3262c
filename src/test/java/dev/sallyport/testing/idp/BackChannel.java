package dev.sallyport.testing.idp;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Tells the clients that somebody's session is over; each gets a token of its own.
final class BackChannel implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Clients clients;
  private final Tokens tokens;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(PATIENCE).build();

  BackChannel(Clients clients, Tokens tokens) {
    this.clients = clients;
    this.tokens = tokens;
  }

  /// What each client answered; 0 when it could not be reached.
  Map<String, Integer> tell(String subject, Optional<String> sid) {
    Map<String, Integer> answers = new LinkedHashMap<>();
    for (IdpClient client : clients.all()) {
      client
          .backChannelUri()
          .ifPresent(
              uri -> answers.put(client.id(), post(uri, tokens.logout(client.id(), subject, sid))));
    }
    return answers;
  }

  private int post(String uri, TokenBuilder token) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(uri))
            .timeout(PATIENCE)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString("logout_token=" + token.sign()))
            .build();
    try {
      return http.send(request, BodyHandlers.discarding()).statusCode();
    } catch (IOException e) {
      return 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 0;
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
