package dev.sallyport.testing.idp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Calls the issuer as its clients and browsers do; redirects are not followed.
final class Caller implements AutoCloseable {
  static final String CLIENT = "site";
  static final String SECRET = "s p/c:x";
  static final String CALLBACK = "http://site.test/callback";
  static final String AFTER_LOGOUT = "http://site.test/signed-out";
  static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
  private static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

  private final HttpClient http = HttpClient.newHttpClient();
  private final DemoIssuer issuer;

  Caller(DemoIssuer issuer) {
    this.issuer = issuer;
  }

  /// A good authorization request with these members instead; an empty one is left out.
  String authorize(Map<String, String> changes) {
    Map<String, String> query = new LinkedHashMap<>();
    query.put("client_id", CLIENT);
    query.put("redirect_uri", CALLBACK);
    query.put("response_type", "code");
    query.put("scope", "openid profile");
    query.put("state", "st&te");
    query.put("nonce", "once");
    query.put("code_challenge", CHALLENGE);
    query.put("code_challenge_method", "S256");
    query.putAll(changes);
    query.values().removeIf(String::isEmpty);
    return issuer.authorizationEndpoint() + "?" + form(query);
  }

  /// The code after a sign-in on the page.
  String code(String person, String password) {
    Map<String, String> form = Map.of("username", person, "password", password);
    return parameters(post(authorize(Map.of()), form)).get("code");
  }

  HttpResponse<String> redeem(String code, Map<String, String> changes) {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("grant_type", "authorization_code");
    form.put("client_id", CLIENT);
    form.put("client_secret", SECRET);
    form.put("code", code);
    form.put("redirect_uri", CALLBACK);
    form.put("code_verifier", VERIFIER);
    form.putAll(changes);
    form.values().removeIf(String::isEmpty);
    return post(issuer.tokenEndpoint(), form);
  }

  HttpResponse<String> get(String url, String... headers) {
    return send(HttpRequest.newBuilder(URI.create(url)).GET(), headers);
  }

  HttpResponse<String> post(String url, Map<String, String> form, String... headers) {
    return send(
        HttpRequest.newBuilder(URI.create(url))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form(form))),
        headers);
  }

  private HttpResponse<String> send(HttpRequest.Builder request, String... headers) {
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      return http.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /// The query of where the answer sends the browser.
  static Map<String, String> parameters(HttpResponse<String> answer) {
    String location = answer.headers().firstValue("Location").orElseThrow();
    Map<String, String> parameters = new LinkedHashMap<>();
    for (String pair : URI.create(location).getRawQuery().split("&")) {
      String[] parts = pair.split("=", 2);
      parameters.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
    }
    return parameters;
  }

  static JsonNode json(HttpResponse<String> answer) {
    return JsonMapper.shared().readTree(answer.body());
  }

  private static String form(Map<String, String> values) {
    return values.entrySet().stream()
        .map(value -> value.getKey() + "=" + encoded(value.getValue()))
        .collect(Collectors.joining("&"));
  }

  static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    http.close();
  }
}
