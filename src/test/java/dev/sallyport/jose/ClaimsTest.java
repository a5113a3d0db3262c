package dev.sallyport.jose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClaimsTest {
  private static final Claims CLAIMS =
      Claims.ofJson(
          """
          {"sub":"ann","n":7,"none":null,"groups":["a",1,"b"],"one":"a","mixed":{"x":1},
           "realm_access":{"roles":["r1"]},"a.b":"literal","a":{"b":"path"},
           "https://corp.example/groups":["g"],
           "resource_access":{"my.client":{"roles":["r2"]}},
           "no":false,"noText":"False","yes":true,
           "exp":1700000000,"text":"1700000000","minus":-1,"year10000":253402300800}
          """);

  @Test
  void stringWhenOfAnotherTypeThenAbsent() {
    assertThat(CLAIMS.string("sub")).isEqualTo("ann");
    assertThat(CLAIMS.string("n")).isNull();
    assertThat(CLAIMS.string("groups")).isNull();
    assertThat(CLAIMS.string("missing")).isNull();
  }

  @Test
  void presentWhenNullThenFalse() {
    assertThat(CLAIMS.present("n")).isTrue();
    assertThat(CLAIMS.present("none")).isFalse();
    assertThat(CLAIMS.present("missing")).isFalse();
  }

  @Test
  void stringListWhenStringOrArrayThenItsStrings() {
    assertThat(CLAIMS.stringList("groups")).containsExactly("a", "b");
    assertThat(CLAIMS.stringList("one")).containsExactly("a");
    assertThat(CLAIMS.stringList("mixed")).isEmpty();
    assertThat(CLAIMS.stringList("missing")).isEmpty();
  }

  @Test
  void findWhenNameHasDotsThenLiteralWinsOverPath() {
    assertThat(CLAIMS.string("a.b")).isEqualTo("literal");
    assertThat(CLAIMS.stringList("realm_access.roles")).containsExactly("r1");
    assertThat(CLAIMS.stringList("https://corp.example/groups")).containsExactly("g");
    assertThat(CLAIMS.stringList("resource_access.my.client.roles")).containsExactly("r2");
    assertThat(CLAIMS.stringList("realm_access.missing")).isEmpty();
    assertThat(CLAIMS.string("sub.x")).isNull();
  }

  @Test
  void instantWhenNumericDateThenTime() {
    assertThat(CLAIMS.instant("exp")).isEqualTo(Instant.ofEpochSecond(1_700_000_000L));
  }

  @Test
  void instantWhenNumberIsHugeThenAbsent() {
    Claims claims = Claims.ofJson("{\"a\":1e300,\"b\":1e999999999,\"c\":" + "9".repeat(60) + "}");
    assertThat(claims.instant("a")).isNull();
    assertThat(claims.instant("b")).isNull();
    assertThat(claims.instant("c")).isNull();
  }

  @Test
  void instantWhenNumberHasAFractionThenItIsKept() {
    Claims claims = Claims.ofJson("{\"a\":1700000000.5,\"b\":1.7e9}");
    assertThat(claims.instant("a")).isEqualTo(Instant.ofEpochMilli(1_700_000_000_500L));
    assertThat(claims.instant("b")).isEqualTo(Instant.ofEpochSecond(1_700_000_000L));
  }

  @ParameterizedTest
  @CsvSource({"text", "minus", "year10000", "none", "yes", "missing"})
  void instantWhenNoNumericDateThenAbsent(String name) {
    assertThat(CLAIMS.instant(name)).isNull();
  }

  @Test
  void isFalseWhenFalseAsBooleanOrTextThenTrue() {
    assertThat(CLAIMS.isFalse("no")).isTrue();
    assertThat(CLAIMS.isFalse("noText")).isTrue();
    assertThat(CLAIMS.isFalse("yes")).isFalse();
    assertThat(CLAIMS.isFalse("missing")).isFalse();
  }

  @Test
  void toStringWhenPrintedThenHoldsNamesOnly() {
    assertThat(Claims.ofJson("{\"sub\":\"ann\"}").toString()).isEqualTo("claims [sub]");
  }

  @Test
  void ofJsonWhenWrittenBeforeThenEqual() {
    assertThat(Claims.ofJson(CLAIMS.json())).isEqualTo(CLAIMS).hasSameHashCodeAs(CLAIMS);
    assertThatThrownBy(() -> Claims.ofJson("[]")).isInstanceOf(IllegalArgumentException.class);
  }
}
