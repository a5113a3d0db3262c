package dev.sallyport.gateway.tls;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.testing.Entrance;
import dev.sallyport.testing.ForgedIdentity;
import dev.sallyport.testing.RawCall;
import dev.sallyport.testing.RunningServer;
import dev.sallyport.testing.demo.DumperApp;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What HTTP/2 can carry and HTTP/1 can't, and what it is misused for.
@ExtendWith(RunningServer.Extension.class)
class Http2NamesIT {
  private final DumperApp upstream = DumperApp.start(0);

  @AfterEach
  void close() {
    upstream.close();
  }

  @Test
  void callWhenAllNamesAreTokensThenPassed(RunningServer server) throws IOException {
    assertThat(status(server, "x-other", "1")).isEqualTo(Http2Wire.OK);
  }

  @ParameterizedTest
  @CsvSource({"cookie:x,; session=evil", "transfer-encoding:x,', chunked'", "x:y,1"})
  void callWhenANameHasAColonThenRefused(String name, String value, RunningServer server)
      throws IOException {
    assertThat(status(server, name, value)).isEqualTo(Http2Wire.BAD_REQUEST);
  }

  @ParameterizedTest
  @ValueSource(chars = {'\r', '\n', '\0', 1, 0x7f})
  void callWhenAValueHasAControlCharacterThenNothingGoesOn(char control, RunningServer server)
      throws IOException {
    assertThat(status(server, "x-other", "a" + control + "b"))
        .isIn(Http2Wire.BAD_REQUEST, Http2Wire.ENDED);
    assertThat(upstream.received()).isEmpty();
  }

  @Test
  void callWhenIdentityComesInAnySpellingThenNothingOfItArrives(RunningServer server)
      throws IOException {
    ByteArrayOutputStream head = head(server, RawCall.host(server));
    for (String name : ForgedIdentity.NAMES) {
      Http2Wire.literal(head, name.toLowerCase(Locale.ROOT), "forged");
    }

    assertThat(answer(server, head)).isEqualTo(Http2Wire.OK);
    assertThat(upstream.received().getFirst().headers().values().toString())
        .doesNotContain("forged");
  }

  /// RFC 9113 section 8.3.1: the server puts `:authority` in the place of any `host`.
  @Test
  void callWhenHostIsAnotherThanTheAuthorityThenItIsNowhere(RunningServer server)
      throws IOException {
    assertThat(status(server, "host", "evil.example")).isEqualTo(Http2Wire.OK);
    assertThat(upstream.received().getFirst().headers().toString()).doesNotContain("evil");

    ByteArrayOutputStream head = head(server, "evil.example");
    Http2Wire.literal(head, "host", RawCall.host(server));
    assertThat(answer(server, head)).isNotEqualTo(Http2Wire.OK);
    assertThat(upstream.received()).hasSize(1);
  }

  @Test
  void callWhenHeadersAreTooManyOrTooLargeThenNothingGoesOn(RunningServer server)
      throws IOException {
    ByteArrayOutputStream many = head(server, RawCall.host(server));
    for (int i = 0; i < 300; i++) {
      Http2Wire.literal(many, "x-" + i, "a");
    }
    assertThat(answer(server, many)).isNotEqualTo(Http2Wire.OK);

    ByteArrayOutputStream bomb = head(server, RawCall.host(server));
    // Taken into the dynamic table once (its first entry is 62), and named again by a byte each.
    bomb.write(0x40);
    bomb.write(3);
    bomb.writeBytes(new byte[] {'x', '-', 'a'});
    bomb.write(127);
    bomb.writeBytes(new byte[] {(byte) 0xa1, 0x17}); // 3,000 more
    bomb.writeBytes("a".repeat(127 + 0x21 + 0x17 * 128).getBytes(ISO_8859_1));
    for (int i = 0; i < 10_000; i++) {
      bomb.write(0x80 | 62);
    }
    assertThat(answer(server, bomb)).isNotEqualTo(Http2Wire.OK);
    assertThat(upstream.received()).isEmpty();
  }

  /// How the answer's head begins.
  private int status(RunningServer server, String name, String value) throws IOException {
    ByteArrayOutputStream head = head(server, RawCall.host(server));
    Http2Wire.literal(head, name, value);
    return answer(server, head);
  }

  @Test
  void connectionWhenNobodyReadsTheAnswersThenItEnds(RunningServer server) throws IOException {
    byte[] head = head(server, RawCall.host(server)).toByteArray();
    byte[] cancel = {0, 0, 0, 8};
    try (Http2Wire wire = Http2Wire.to(server)) {
      assertThatThrownBy(
              () -> {
                for (int stream = 1; stream < 200_000; stream += 2) {
                  wire.send(Http2Wire.HEADERS, Http2Wire.END_STREAM_AND_HEADERS, stream, head);
                  wire.send(Http2Wire.RST_STREAM, 0, stream, cancel);
                }
              })
          .isInstanceOf(IOException.class);
    }
  }

  private static int answer(RunningServer server, ByteArrayOutputStream head) throws IOException {
    try (Http2Wire wire = Http2Wire.to(server)) {
      wire.send(Http2Wire.HEADERS, Http2Wire.END_STREAM_AND_HEADERS, 1, head.toByteArray());
      return wire.answered();
    }
  }

  private ByteArrayOutputStream head(RunningServer server, String authority) {
    Entrance app = Entrance.to(server, upstream.url() + "/");
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    head.write(0x82); // GET
    head.write(0x87); // https
    Http2Wire.named(head, 4, URI.create(app.url()).getRawPath() + "/");
    Http2Wire.named(head, 1, authority);
    Http2Wire.literal(head, "authorization", "Bearer " + app.token().signed());
    return head;
  }
}
