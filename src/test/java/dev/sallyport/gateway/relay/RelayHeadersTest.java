package dev.sallyport.gateway.relay;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RelayHeadersTest {
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Authorization",
        "AUTHORIZATION",
        "Proxy-Authorization",
        "Proxy_Authorization",
        "Cookie",
        "X-Forwarded-Host",
        "X-Forwarded-Proto",
        "X-Forwarded-Server",
        "X-Forwarded-Port",
        "x_forwarded_prefix",
        "X-Forwarded-Client-Cert",
        "Forwarded",
        "X-Real-IP",
        "x_real_ip",
        "Via",
        "X-User",
        "X-User-Id",
        "X_User_Email",
        "X-Remote-User",
        "Remote-User",
        "REMOTE_USER",
        "Sallyport-User",
        "sallyport_jwt_assertion",
        "SALLYPORT-Anything",
        "Sallyport_Jwt-Assertion2",
        "TE",
        "Trailer",
        "Proxy-Connection",
        "Expect2-Named",
        "True-Client-IP",
        "X-Auth-Request-Email",
        "X-Goog-Authenticated-User-Email"
      })
  void requestWhenHeaderSaysWhoOrWhereThenItStaysBehind(String name) throws Exception {
    String head = sentWith("Connection: keep-alive, expect2-named\r\n" + name + ": forged\r\n");

    assertThat(head).doesNotContain("forged");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Accept", "Content-Type", "Mcp-Protocol-Version", "Mcp-Method", "Mcp-Name",
        "Mcp-Param-Region", "Last-Event-ID", "User-Agent", "traceparent", "X-Request-Id"
      })
  void requestWhenHeaderIsHarmlessThenItIsPassed(String name) throws Exception {
    assertThat(sentWith(name + ": kept\r\n")).contains("\r\n" + name + ": kept\r\n");
  }

  @Test
  void requestWhenDoorSetsHeadersThenOnlyItsValuesArrive() throws Exception {
    String head =
        sentWith(
            "X-Forwarded-For: 203.0.113.9\r\nMcp-Session-Id: outer\r\n"
                + "Sallyport-Jwt-Assertion: forged\r\n");

    assertThat(head)
        .contains("\r\nX-Forwarded-For: 192.0.2.7\r\n")
        .contains("\r\nMcp-Session-Id: inner\r\n")
        .contains("\r\nSallyport-Jwt-Assertion: signed\r\n")
        .doesNotContain("203.0.113.9", "outer", "forged", "X-Forwarded-Host", "X-Forwarded-Port");
  }

  @Test
  void requestWhenSentThenHostIsTheUpstreams() throws Exception {
    assertThat(sentWith("")).containsPattern("\r\nHost: 127\\.0\\.0\\.1:[0-9]+\r\n");
  }

  @Test
  void requestWhenUpgradeIsAskedThenUpstreamDoesNotSeeIt() throws Exception {
    assertThat(sentWith("Connection: Upgrade\r\nUpgrade: websocket\r\n"))
        .doesNotContainIgnoringCase("upgrade");
  }

  @ParameterizedTest
  @ValueSource(strings = {"TRACE", "CONNECT"})
  void requestWhenMethodMustNotBeRelayedThenItIsRefused(String method) throws Exception {
    try (RawUpstream upstream = RawUpstream.answering(OK);
        Door door = Door.to(upstream.url("/"));
        RawConnection client = RawConnection.client(door.port())) {
      client.send(method + " /x HTTP/1.1\r\nHost: door\r\n\r\n");

      assertThat(client.awaitAnswer().startLine()).contains("405");
      assertThat(upstream.connections()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Server",
        "Keep-Alive",
        "Proxy-Authenticate",
        "Trailer",
        "Upgrade",
        "Set-Cookie",
        "Set_Cookie",
        "Clear-Site-Data",
        "Access-Control-Allow-Origin",
        "Sallyport-Anything",
        "Strict-Transport-Security",
        "Named",
        "X-Drop"
      })
  void responseWhenHeaderIsNotForClientsThenItIsDropped(String name) throws Exception {
    String head = answeredWith("Connection: keep-alive, Named\r\n" + name + ": dropped\r\n");

    assertThat(head).doesNotContain("dropped");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Content-Type", "WWW-Authenticate", "Location", "X-Accel-Buffering"})
  void responseWhenHeaderIsForClientsThenItIsPassed(String name) throws Exception {
    assertThat(answeredWith(name + ": kept\r\n")).contains("\r\n" + name + ": kept\r\n");
  }

  @Test
  void responseWhenDoorRewritesThenClientSeesTheNewValue() throws Exception {
    assertThat(answeredWith("Mcp-Session-Id: abc\r\n"))
        .contains("\r\nMcp-Session-Id: u0/abc\r\n")
        .contains("\r\nX-Door: seen\r\n");
  }

  @Test
  void responseWhenLengthContradictsChunksThenChunksCount() throws Exception {
    try (RawUpstream upstream =
            RawUpstream.answering(
                "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n"
                    + "2\r\nok\r\n0\r\n\r\n");
        Door door = Door.to(upstream.url("/"));
        RawConnection client = RawConnection.client(door.port())) {
      client.send("GET / HTTP/1.1\r\nHost: door\r\n\r\n");

      RawConnection.Message answer = client.awaitAnswer();
      assertThat(answer.body()).isEqualTo("ok");
      assertThat(answer.hasHeader("Content-Length")).isFalse();
    }
  }

  @Test
  void responseWhenDoorDeclinesThenItAnswersItself() throws Exception {
    try (RawUpstream upstream =
            RawUpstream.answering("HTTP/1.1 401 No\r\nX-Inner: a\r\nContent-Length: 2\r\n\r\nno");
        Door door = Door.to(upstream.url("/"));
        RawConnection client = RawConnection.client(door.port())) {
      client.send("GET /declined HTTP/1.1\r\nHost: door\r\n\r\n");

      RawConnection.Message answer = client.awaitAnswer();
      assertThat(answer.startLine()).isEqualTo("HTTP/1.1 502 Bad Gateway");
      assertThat(answer.body()).isEqualTo("DECLINED");
      assertThat(answer.hasHeader("X-Inner")).isFalse();
    }
  }

  @Test
  void responseWhenItHasNoBodyThenNextCallWorks() throws Exception {
    try (RawUpstream upstream = RawUpstream.answering("HTTP/1.1 204 No Content\r\n\r\n");
        Door door = Door.to(upstream.url("/"));
        RawConnection client = RawConnection.client(door.port())) {
      for (String method : new String[] {"DELETE", "POST", "HEAD", "GET"}) {
        client.send(method + " / HTTP/1.1\r\nHost: door\r\n\r\n");
        assertThat(client.readHead()).startsWith("HTTP/1.1 204 No Content\r\n");
      }
      assertThat(upstream.connections()).isEqualTo(1);
    }
  }

  private static String sentWith(String headers) throws Exception {
    try (RawUpstream upstream = RawUpstream.answering(OK);
        Door door = Door.to(upstream.url("/"));
        RawConnection client = RawConnection.client(door.port())) {
      client.send("GET / HTTP/1.1\r\nHost: door\r\n" + headers + "\r\n");
      assertThat(client.awaitAnswer().body()).isEqualTo("ok");
      return upstream.awaitConnection().awaitRequest().head();
    }
  }

  private static String answeredWith(String headers) throws Exception {
    try (RawUpstream upstream =
            RawUpstream.answering("HTTP/1.1 200 OK\r\n" + headers + "Content-Length: 2\r\n\r\nok");
        Door door = Door.to(upstream.url("/"));
        RawConnection client = RawConnection.client(door.port())) {
      client.send("GET / HTTP/1.1\r\nHost: door\r\n\r\n");
      return client.awaitAnswer().head();
    }
  }
}
