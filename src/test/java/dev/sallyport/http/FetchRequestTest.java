package dev.sallyport.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FetchRequestTest {
  private static final URI URL = URI.create("https://idp.test/hidden?code=hidden");

  @Test
  void toStringWhenThereAreSecretsThenShowsOnlyMethodAndHost() {
    FetchRequest request =
        FetchRequest.postForm(URL, Map.of("client_secret", "hidden"))
            .header("Authorization", "Basic hidden");
    assertThat(request).hasToString("POST idp.test");
    assertThat(new FetchResult(200, URL, Map.of("x", List.of("hidden")), "hidden"))
        .hasToString("FetchResult[200 from idp.test]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"hidden\r\nX: y", "hidden\n", "hidden\u0000", "hidden\u00e9"})
  void headerWhenTheValueBreaksTheLineThenThrowsWithoutIt(String value) {
    assertThatThrownBy(() -> FetchRequest.get(URL).header("Accept", value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("hidden");
  }
}
