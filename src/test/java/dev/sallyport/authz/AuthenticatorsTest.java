package dev.sallyport.authz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.authz.Authentication.Known;
import dev.sallyport.authz.Authentication.NotMine;
import dev.sallyport.authz.Authentication.Refused;
import dev.sallyport.crypto.Secret;
import dev.sallyport.problem.ProblemType;
import jakarta.enterprise.inject.Instance;
import java.lang.reflect.Proxy;
import java.util.List;
import org.junit.jupiter.api.Test;

class AuthenticatorsTest {
  private static final Credentials BEARER =
      new Credentials(new Secret("x"), null, "127.0.0.1", true);
  private static final Credentials COOKIE =
      new Credentials(null, new Secret("x"), "127.0.0.1", true);
  private static final Known KNOWN = new Known(Actor.SYSTEM);

  @SuppressWarnings("unchecked")
  private static Authentication ask(Credentials credentials, Authentication... answers) {
    List<Authenticator> all =
        List.of(answers).stream().<Authenticator>map(answer -> _ -> answer).toList();
    var authenticators = new Authenticators();
    authenticators.all =
        (Instance<Authenticator>)
            Proxy.newProxyInstance(
                AuthenticatorsTest.class.getClassLoader(),
                new Class<?>[] {Instance.class},
                (_, _, _) -> all.iterator());
    return authenticators.authenticate(credentials);
  }

  @Test
  void askWhenOneKnowsThenItsAnswer() {
    assertThat(ask(BEARER, new NotMine(), KNOWN)).isEqualTo(KNOWN);
  }

  @Test
  void askWhenOneRefusesThenNobodyElseIsAsked() {
    var refused = new Refused(ProblemType.TOKEN_EXPIRED);

    assertThat(ask(BEARER, refused, KNOWN)).isEqualTo(refused);
  }

  @Test
  void askWhenNobodyKnowsThenRefused() {
    assertThat(ask(BEARER, new NotMine())).isEqualTo(new Refused(ProblemType.CREDENTIAL_INVALID));
    assertThat(ask(COOKIE, new NotMine())).isEqualTo(new Refused(ProblemType.UNAUTHENTICATED));
  }
}
