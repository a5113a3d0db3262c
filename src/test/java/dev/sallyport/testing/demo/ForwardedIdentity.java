package dev.sallyport.testing.demo;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.JWTParser;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import jakarta.servlet.http.HttpServletRequest;
import java.text.ParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// Who a request says is calling: the gateway's assertion, read without verifying it, and whether
/// the client's own token came along, which it never should.
record ForwardedIdentity(@Nullable String assertion, boolean authorizationSeen) {
  static final String HEADER = "Sallyport-Jwt-Assertion";

  static ForwardedIdentity of(HttpServletRequest request) {
    return new ForwardedIdentity(
        request.getHeader(HEADER), request.getHeader("Authorization") != null);
  }

  CallToolResult toResult() {
    if (assertion == null) {
      return answer(Map.of("assertion", "none"));
    }
    try {
      return answer(known(JWTParser.parse(assertion).getJWTClaimsSet()));
    } catch (ParseException e) {
      return answer(Map.of("assertion", "unreadable"));
    }
  }

  @Override
  public String toString() {
    return "ForwardedIdentity[assertion=" + (assertion == null ? "none" : "[REDACTED]") + "]";
  }

  private static Map<String, Object> known(JWTClaimsSet claims) throws ParseException {
    Map<String, Object> known = new LinkedHashMap<>();
    known.put("assertion", "present");
    known.put("username", String.valueOf(claims.getStringClaim("username")));
    known.put("sub", String.valueOf(claims.getSubject()));
    List<String> groups = claims.getStringListClaim("groups");
    known.put("groups", groups == null ? List.of() : groups);
    return known;
  }

  private CallToolResult answer(Map<String, Object> facts) {
    Map<String, Object> all = new LinkedHashMap<>(facts);
    all.put("authorizationSeen", authorizationSeen);
    return CallToolResult.builder()
        .addTextContent(JsonMapper.shared().writeValueAsString(all))
        .structuredContent(all)
        .build();
  }
}
