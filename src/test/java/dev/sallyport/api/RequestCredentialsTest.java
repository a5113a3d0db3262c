package dev.sallyport.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.crypto.Secret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestCredentialsTest {
  private static final FakeRequest GET = FakeRequest.of("GET", "/api/v1/apps");

  private static RequestCredentials of(FakeRequest request) {
    return RequestCredentials.of(request.request(), "session");
  }

  @Test
  void ofWhenThereIsNothingThenEmpty() {
    assertThat(of(GET).isEmpty()).isTrue();
    assertThat(of(GET.cookie("other", "x")).isEmpty()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bearer sp_1", "bearer sp_1", "BEARER   sp_1 "})
  void ofWhenBearerThenItsToken(String header) {
    RequestCredentials brought = of(GET.authorization(header));

    assertThat(brought.bearer()).isEqualTo(new Secret("sp_1"));
    assertThat(brought.otherScheme()).isNull();
    assertThat(brought.isTwo()).isFalse();
  }

  @Test
  void ofWhenBearerHasNoTokenThenStillABearer() {
    assertThat(of(GET.authorization("Bearer")).bearer()).isEqualTo(new Secret(""));
  }

  @ParameterizedTest
  @CsvSource({"Basic dTpw,Basic", "Negotiate abc,Negotiate", "sp_1,sp_1", "Bearerx sp_1,Bearerx"})
  void ofWhenAnotherSchemeThenNamed(String header, String scheme) {
    RequestCredentials brought = of(GET.authorization(header));

    assertThat(brought.otherScheme()).isEqualTo(scheme);
    assertThat(brought.bearer()).isNull();
  }

  @Test
  void ofWhenCookieThenItsValue() {
    assertThat(of(GET.cookie("session", "v1.x")).cookie()).isEqualTo(new Secret("v1.x"));
  }

  @Test
  void ofWhenTwoThenSaid() {
    assertThat(of(GET.authorization("Bearer a").cookie("session", "x")).isTwo()).isTrue();
    assertThat(of(GET.authorization("Bearer a", "Bearer b")).isTwo()).isTrue();
    assertThat(of(GET.authorization("Bearer a").cookie("other", "x")).isTwo()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "/?v-r=heartbeat&v-uiId=0,false",
    "/?v-r=push&v-uiId=0,false",
    "/?v-r=uidl&v-uiId=0,true",
    "/api/v1/apps,true"
  })
  void fromWhenAnOpenPageAsksByItselfThenNoUse(String path, boolean isUse) {
    FakeRequest request = FakeRequest.of("GET", path).cookie("session", "x");

    assertThat(of(request).from(request.request(), "127.0.0.1").isUse()).isEqualTo(isUse);
  }
}
