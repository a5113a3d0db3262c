package dev.sallyport.connections.grants;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResourceScopeTest {
  @ParameterizedTest
  @CsvSource({
    "https://a.example/mcp, https://a.example/mcp, true",
    "https://a.example, https://a.example/mcp, true",
    "https://a.example/, https://a.example/mcp, true",
    "https://a.example/mcp, https://a.example/mcp/wiki, true",
    "https://A.example/mcp, https://a.example/mcp/wiki, true",
    "https://a.example/mcp, https://a.example/mcp2, false",
    "https://a.example/mcp/wiki, https://a.example/mcp, false",
    "https://a.example, https://b.example/mcp, false",
    "https://a.example, http://a.example/mcp, false",
    "https://a.example, https://a.example:8443/mcp, false",
    "https://a.example/mcp, https://a.example/mcp/../admin, false",
    "https://a.example/mcp?x=1, https://a.example/mcp/wiki, false",
    "urn:one, urn:one:two, false",
    "not a url, https://a.example/mcp, false"
  })
  void coversThenThePathAboveAtTheSameOrigin(String resource, String wanted, boolean covers) {
    assertThat(ResourceScope.covers(resource, wanted)).isEqualTo(covers);
  }
}
