package dev.sallyport.roles;

import static dev.sallyport.authz.Permission.APP_EDIT;
import static dev.sallyport.authz.Permission.APP_READ;
import static dev.sallyport.authz.Permission.AUTH_ROLE_LIST;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.authz.Actor;
import dev.sallyport.authz.ActorKind;
import dev.sallyport.authz.Permission;
import dev.sallyport.authz.Scope;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConferralTest {
  private static Scope scope(String text) {
    return switch (text) {
      case "all" -> Scope.EVERYTHING;
      case "none" -> Scope.NOTHING;
      case "test+prod" -> Scope.of(Map.of("env", List.of("test", "prod")));
      case "test&eu" -> Scope.of(Map.of("env", List.of("test"), "region", List.of("eu")));
      case "test|prod" -> scope("test").or(scope("prod"));
      case "test&eu|test&us" -> scope("test&eu").or(scope("test&us"));
      case "test&us" -> Scope.of(Map.of("env", List.of("test"), "region", List.of("us")));
      case "test&eu+us" -> Scope.of(Map.of("env", List.of("test"), "region", List.of("eu", "us")));
      case "eu" -> Scope.of(Map.of("region", List.of("eu")));
      case "eu|test" -> scope("eu").or(scope("test"));
      case "test+prod&eu+us" ->
          Scope.of(Map.of("env", List.of("test", "prod"), "region", List.of("eu", "us")));
      case "eu|test&us|prod&us" -> scope("eu").or(scope("test&us")).or(scope("prod&us"));
      case "prod&us" -> Scope.of(Map.of("env", List.of("prod"), "region", List.of("us")));
      default -> Scope.of(Map.of("env", List.of(text)));
    };
  }

  private static Actor holding(Map<Permission, Scope> grants) {
    return new Actor(ActorKind.USER, "usr_1", "ann", grants);
  }

  @ParameterizedTest
  @CsvSource({
    "all, all",
    "all, test",
    "all, test|prod",
    "test, test",
    "test, test&eu",
    "test+prod, test",
    "test+prod, test|prod",
    "test|prod, prod",
    // Each value of the one selector lies in another of the several.
    "test|prod, test+prod",
    "test&eu|test&us, test&eu+us",
    "eu|test&us|prod&us, test+prod&eu+us",
    "none, none",
  })
  void missingWhenHeldWhereverItIsConferredThenNothing(String held, String conferred) {
    assertThat(
            Conferral.missing(
                holding(Map.of(APP_READ, scope(held))), Map.of(APP_READ, scope(conferred))))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "none, all",
    "none, test",
    "test, all",
    "test, prod",
    "test, test+prod",
    "test, test|prod",
    "test&eu, test",
    "test|prod, all",
    // Other regions than these are left.
    "test&eu|test&us, test",
    // Left is what lies in prod and us.
    "eu|test, test+prod&eu+us",
  })
  void missingWhenConferredBeyondThenThatOne(String held, String conferred) {
    assertThat(
            Conferral.missing(
                holding(Map.of(APP_READ, scope(held))), Map.of(APP_READ, scope(conferred))))
        .contains(APP_READ);
  }

  @Test
  void missingWhenSeveralThenTheFirstOfTheCatalogue() {
    assertThat(
            Conferral.missing(
                Actor.holding(ActorKind.USER, "usr_1", "ann", Set.of(APP_READ)),
                Map.of(
                    AUTH_ROLE_LIST, Scope.EVERYTHING,
                    APP_READ, Scope.EVERYTHING,
                    APP_EDIT, Scope.EVERYTHING)))
        .contains(APP_EDIT);
  }

  @Test
  void missingWhenNothingIsConferredThenNothing() {
    assertThat(Conferral.missing(Actor.ANONYMOUS, Map.of())).isEmpty();
  }

  @Test
  void missingWhenSystemConfersThenThatOne() {
    assertThat(Conferral.missing(Actor.SYSTEM, Map.of(APP_READ, Scope.EVERYTHING)))
        .contains(APP_READ);
  }
}
