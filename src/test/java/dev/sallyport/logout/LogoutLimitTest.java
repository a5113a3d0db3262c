package dev.sallyport.logout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.authz.Actor;
import dev.sallyport.authz.CallContext;
import dev.sallyport.cluster.ChangeFeed;
import dev.sallyport.jose.KeySource;
import dev.sallyport.ratelimit.Limits;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Good logout tokens are limited for each provider by itself, and not by address: all of a
/// provider come from one.
class LogoutLimitTest {
  private final BackChannelLogoutServlet servlet = new BackChannelLogoutServlet();
  private final List<LogoutToken> done = new ArrayList<>();

  @BeforeEach
  void prepare() {
    servlet.limits = Limits.of("LIMIT_LOGOUT_PER_MINUTE", "2");
    servlet.verifier =
        new LogoutVerifier() {
          @Override
          LogoutVerdict verify(String raw) {
            return new LogoutVerdict.Accepted(token(raw));
          }
        };
    servlet.logout =
        new BackChannelLogout() {
          @Override
          public void end(LogoutToken token) {
            done.add(token);
          }
        };
    servlet.feed =
        new ChangeFeed() {
          @Override
          public void catchUp() {
            // nobody else is there
          }
        };
  }

  private static LogoutToken token(String provider) {
    var party =
        new LogoutParty(
            provider,
            provider,
            "client",
            Set.of(),
            false,
            false,
            "sub",
            new KeySource.Url(URI.create("https://idp.example/jwks")));
    return new LogoutToken(party, "https://idp.example", "ann", null, "jti");
  }

  private Map<String, Object> send(String provider) {
    var answer = new HashMap<String, Object>();
    new CallContext(Actor.ANONYMOUS, "127.0.0.1", "req_1")
        .run(
            () -> {
              try {
                servlet.service(request(provider), response(answer));
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    return answer;
  }

  private static HttpServletRequest request(String provider) {
    var body =
        new Body(("logout_token=" + provider).getBytes(java.nio.charset.StandardCharsets.UTF_8));
    return proxy(
        HttpServletRequest.class,
        (name, _) ->
            switch (name) {
              case "getMethod" -> "POST";
              case "getContentType" -> "application/x-www-form-urlencoded";
              case "getInputStream" -> body;
              default -> throw new UnsupportedOperationException(name);
            });
  }

  private static HttpServletResponse response(Map<String, Object> answer) {
    return proxy(
        HttpServletResponse.class,
        (name, arguments) -> {
          switch (name) {
            case "setStatus" -> answer.put("status", arguments[0]);
            case "setHeader" -> answer.put((String) arguments[0], arguments[1]);
            default -> answer.put(name, "");
          }
          return name.equals("getOutputStream") ? new Nowhere() : null;
        });
  }

  private interface Called {
    @Nullable Object by(String name, Object[] arguments);
  }

  private static <T> T proxy(Class<T> type, Called called) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (_, method, arguments) -> called.by(method.getName(), arguments)));
  }

  private static final class Body extends ServletInputStream {
    private final ByteArrayInputStream bytes;

    Body(byte[] bytes) {
      this.bytes = new ByteArrayInputStream(bytes);
    }

    @Override
    public int read() {
      return bytes.read();
    }

    @Override
    public boolean isFinished() {
      return bytes.available() == 0;
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setReadListener(ReadListener listener) {
      throw new UnsupportedOperationException();
    }
  }

  private static final class Nowhere extends ServletOutputStream {
    @Override
    public void write(int b) {
      // the body does not matter here
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setWriteListener(WriteListener listener) {
      throw new UnsupportedOperationException();
    }
  }

  @Test
  void logoutWhenAProviderSendsTooManyThenItHasToWaitAndOthersDoNot() {
    assertThat(send("one")).containsEntry("status", 200);
    assertThat(send("one")).containsEntry("status", 200);

    Map<String, Object> refused = send("one");

    assertThat(refused).containsEntry("status", 429).containsKey("Retry-After");
    assertThat(send("two")).containsEntry("status", 200);
    assertThat(done).extracting(token -> token.party().id()).containsExactly("one", "one", "two");
  }
}
