package dev.sallyport.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.authz.Actor;
import dev.sallyport.authz.ActorKind;
import dev.sallyport.authz.CallContext;
import dev.sallyport.authz.PublicEndpoint;
import dev.sallyport.problem.ProblemType;
import dev.sallyport.problem.SallyportException;
import dev.sallyport.ratelimit.Limits;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ResourceInfo;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Calls by machines are limited for each key by itself, people's are not.
class KeyLimitTest {
  private final PermissionFilter filter = new PermissionFilter();

  @PublicEndpoint("A resource's method for this test.")
  void open() {}

  private record Open(Method method) implements ResourceInfo {
    @Override
    public Method getResourceMethod() {
      return method;
    }

    @Override
    public Class<?> getResourceClass() {
      return KeyLimitTest.class;
    }
  }

  @BeforeEach
  void prepare() throws NoSuchMethodException {
    filter.resource = new Open(KeyLimitTest.class.getDeclaredMethod("open"));
    filter.limits = Limits.of("LIMIT_API_PER_MINUTE", "2");
  }

  private void call(ActorKind kind, String id) {
    ContainerRequestContext request =
        (ContainerRequestContext)
            Proxy.newProxyInstance(
                KeyLimitTest.class.getClassLoader(),
                new Class<?>[] {ContainerRequestContext.class},
                (_, method, _) -> {
                  throw new UnsupportedOperationException(method.getName());
                });
    Actor actor = Actor.holding(kind, id, id, Set.of());
    new CallContext(actor, "127.0.0.1", "req_1").run(() -> filter.filter(request));
  }

  @ParameterizedTest
  @EnumSource(
      value = ActorKind.class,
      names = {"API_KEY", "PROXY", "WORKLOAD"})
  void filterWhenAKeyCallsTooOftenThenLimitedAndOthersAreNot(ActorKind kind) {
    call(kind, "key_1");
    call(kind, "key_1");

    assertThatThrownBy(() -> call(kind, "key_1"))
        .isInstanceOfSatisfying(
            SallyportException.class,
            refused -> {
              assertThat(refused.type()).isEqualTo(ProblemType.TOO_MANY_REQUESTS);
              assertThat(refused.retryAfter()).isPositive();
            });
    assertThatCode(() -> call(kind, "key_2")).doesNotThrowAnyException();
  }

  @Test
  void filterWhenAPersonCallsOftenThenNotLimited() {
    assertThatCode(
            () -> {
              for (int i = 0; i < 10; i++) {
                call(ActorKind.USER, "usr_1");
              }
            })
        .doesNotThrowAnyException();
  }
}
