package dev.sallyport.gateway.exchange;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// `|` stands for CRLF, `~` for a bare LF, `^` for a bare CR.
class ChunkFramingTest {

  private static ByteBuffer bytes(String text) {
    String letters = text.replace("|", "\r\n").replace("~", "\n").replace("^", "\r");
    return ByteBuffer.wrap(letters.getBytes(ISO_8859_1));
  }

  /// The data, and behind `/` what is left behind the end.
  private static String read(ByteBuffer input, int step) throws IOException {
    ChunkFraming framing = new ChunkFraming();
    StringBuilder data = new StringBuilder();
    while (!framing.isOver() && input.hasRemaining()) {
      int size = Math.min(step, input.remaining());
      ByteBuffer part = input.slice(input.position(), size);
      framing.read(part);
      int most = (int) Math.min(framing.remaining(), part.remaining());
      byte[] taken = new byte[most];
      part.get(taken);
      if (most > 0) {
        framing.taken(most);
      }
      data.append(new String(taken, ISO_8859_1));
      input.position(input.position() + part.position());
    }
    assertThat(framing.isOver()).as("over").isTrue();
    return data + "/" + ISO_8859_1.decode(input);
  }

  @ParameterizedTest
  @CsvSource({
    "2|{}|0||,{}/",
    "2|{}|0||GET,{}/GET",
    "1|{|1|}|000||,{}/",
    "A|0123456789|0||,0123456789/",
    "0a|0123456789|0||,0123456789/",
    "2;a=b|{}|0;c||,{}/",
    "2 ; a=\"x y\"|{}|0||,{}/",
    "0||,/",
    "0|Expires: never|X-User:eve||rest,/rest",
  })
  void readWhenFramedAsItShouldBeThenTheDataComesOut(String body, String expected)
      throws IOException {
    for (int step = 1; step < 20; step++) {
      assertThat(read(bytes(body), step)).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "|0||",
        ";a|{}|0||",
        "0x2|{}|0||",
        "+2|{}|0||",
        "-2|{}|0||",
        " 2|{}|0||",
        "2 |{}|0||",
        "2 \tfoo|{}|0||",
        "2foo|{}|0||",
        "2~{}|0||",
        "2^{}|0||",
        "2;a~{}|0||",
        "2;a^b|{}|0||",
        "2|{}x|0||",
        "2|{}0||",
        "2|{}~0||",
        "2|{}^0||",
        "2|{}|0~~",
        "0|~",
        "0|a~|",
        "0|a:b~|",
        "0|a:b^c||",
        "0|a||",
        "0|: a||",
        "0|a : b||",
        "0| folded: b||",
        "1000000000000000|",
      })
  void readWhenItCouldEndElsewhereThenRefused(String body) {
    for (int step = 1; step < 20; step++) {
      int size = step;
      assertThatThrownBy(() -> read(bytes(body), size)).isInstanceOf(IOException.class);
    }
  }

  @Test
  void readWhenALineOrTheTrailersHaveNoEndThenRefused() throws IOException {
    String longest = "2;" + "a".repeat(ChunkFraming.MOST_OF_A_LINE - 3) + "|{}|0||";
    assertThat(read(bytes(longest), 16)).isEqualTo("{}/");
    assertThatThrownBy(() -> read(bytes("2;a" + longest.substring(2)), 16))
        .isInstanceOf(IOException.class);

    String trailers = "0|" + "a: b|".repeat(ChunkFraming.MOST_OF_TRAILERS / 5) + "|";
    assertThat(read(bytes(trailers), 16)).isEqualTo("/");
    assertThatThrownBy(() -> read(bytes("0|" + "a: b|".repeat(2_000) + "|"), 16))
        .isInstanceOf(IOException.class);
  }
}
