package dev.sallyport.consolesessions;

import dev.sallyport.crypto.Secret;
import dev.sallyport.testing.GatewayClient;
import dev.sallyport.testing.RunningServer;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// A browser without a window: keeps cookies, and sends what a page of this site would send.
final class ConsoleBrowser implements AutoCloseable {
  private static final String FORM = "application/x-www-form-urlencoded";

  private final GatewayClient client = new GatewayClient();
  private final Map<String, String> cookies = new LinkedHashMap<>();
  private final RunningServer server;

  ConsoleBrowser(RunningServer server) {
    this.server = server;
  }

  HttpResponse<String> signIn(Secret key) {
    String form = "return_to=/&credential=" + encoded(key.reveal());
    return send("POST", "/auth/sign-in", form, FORM, "Origin", server.base());
  }

  HttpResponse<String> signOut() {
    return send("POST", "/auth/logout", "", FORM, "Origin", server.base());
  }

  HttpResponse<String> get(String path, String... headers) {
    return send("GET", path, "", "application/json", headers);
  }

  /// A REST call as a script of this site's page makes it.
  HttpResponse<String> rest(String method, String path, String body) {
    return bare(
        method, path, body, "Origin", server.base(), "X-CSRF-Token", cookie("sallyport_csrf"));
  }

  /// A REST call with these headers alone.
  HttpResponse<String> bare(String method, String path, String body, String... headers) {
    return send(method, "/api/v1/" + path, body, "application/json", headers);
  }

  private HttpResponse<String> send(
      String method, String path, String body, String type, String... headers) {
    List<String> all = new ArrayList<>(List.of("Content-Type", type));
    all.addAll(List.of(headers));
    if (!cookies.isEmpty()) {
      all.addAll(List.of("Cookie", header()));
    }
    HttpResponse<String> answer =
        client.send(
            method,
            server.base() + path,
            BodyPublishers.ofString(body),
            all.toArray(new String[0]));
    answer.headers().allValues("Set-Cookie").forEach(this::take);
    return answer;
  }

  private void take(String setCookie) {
    String[] parts = setCookie.split(";", 2);
    String[] pair = parts[0].split("=", 2);
    if (pair[1].isEmpty() || parts[1].contains("Max-Age=0")) {
      cookies.remove(pair[0]);
    } else {
      cookies.put(pair[0], pair[1]);
    }
  }

  private String header() {
    return cookies.entrySet().stream()
        .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
        .collect(Collectors.joining("; "));
  }

  /// A cookie's value; empty when there is none.
  String cookie(String name) {
    return cookies.getOrDefault(name, "");
  }

  void put(String name, String value) {
    cookies.put(name, value);
  }

  /// The id of the session that this browser has.
  String session() {
    return cookie("sallyport_session").split("\\.")[1];
  }

  /// Whether the session is good for anything.
  boolean isSignedIn() {
    return me().statusCode() == 200;
  }

  HttpResponse<String> me() {
    return bare("GET", "auth/me", "");
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    client.close();
  }
}
