package dev.sallyport.authz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.problem.ProblemType;
import dev.sallyport.problem.SallyportException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CallContextTest {
  private final CallContext context = new CallContext(Actor.ANONYMOUS, "127.0.0.1", "req_1");

  @Test
  void currentWhenNotBoundThenRefused() {
    assertThatThrownBy(CallContext::current)
        .isInstanceOfSatisfying(
            SallyportException.class,
            e -> assertThat(e.type()).isEqualTo(ProblemType.UNAUTHENTICATED));
  }

  @Test
  void callWhenBoundThenCurrentUntilItsEnd() throws IOException {
    assertThat(context.<CallContext, IOException>call(CallContext::current)).isSameAs(context);
    assertThatThrownBy(CallContext::current).isInstanceOf(SallyportException.class);
  }

  @Test
  void runWhenNestedThenTheInnerOneAndBack() {
    List<CallContext> seen = new ArrayList<>();
    CallContext system = CallContext.system();
    context.run(
        () -> {
          system.run(() -> seen.add(CallContext.current()));
          seen.add(CallContext.current());
        });
    assertThat(seen).containsExactly(system, context);
  }

  @Test
  void callWhenWorkFailsThenItsOwnException() {
    assertThatThrownBy(
            () ->
                context.call(
                    () -> {
                      throw new IOException("gone");
                    }))
        .isInstanceOf(IOException.class)
        .hasMessage("gone");
  }

  @Test
  void systemThenNewRequestId() {
    assertThat(CallContext.system().actor()).isEqualTo(Actor.SYSTEM);
    assertThat(CallContext.system().requestId())
        .startsWith("req_")
        .isNotEqualTo(CallContext.system().requestId());
  }
}
