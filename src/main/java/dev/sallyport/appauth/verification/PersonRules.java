package dev.sallyport.appauth.verification;

import static dev.sallyport.appauth.verification.Finding.failed;
import static dev.sallyport.appauth.verification.Finding.passed;

import dev.sallyport.appauth.verification.Rule.Part;
import dev.sallyport.jose.Claims;
import dev.sallyport.problem.ProblemType;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The rules about whom the token is for, and who acts for them.
final class PersonRules {
  private static final int MAX_LENGTH = 255;
  private static final int MAX_HOPS = 2;
  private static final Set<Part> ALL = Set.of(Part.TOKEN, Part.CONFIG);

  private final OwnIssuers own;

  PersonRules(OwnIssuers own) {
    this.own = own;
  }

  List<Rule> rules() {
    return List.of(
        Rule.policy("cnf", Set.of(Part.TOKEN), PersonRules::unconstrained),
        Rule.policy("subject", ALL, PersonRules::subject),
        Rule.policy("username", ALL, PersonRules::username),
        Rule.policy("email-verified", ALL, PersonRules::emailVerified),
        Rule.policy("client", Set.of(Part.TOKEN), this::client),
        Rule.policy("act", ALL, this::actors));
  }

  /// For a token that was verified before: it must still mean the same person and actors.
  Rule sameAs(VerifiedToken before) {
    return Rule.policy(
        "same-person",
        ALL,
        attempt -> {
          VerifiedToken now = attempt.result(own);
          return now.subject().equals(before.subject()) && Objects.equals(now.act(), before.act())
              ? passed(before.subject(), now.subject(), "It is the same person.")
              : failed(ProblemType.TOKEN_SUBJECT, "The token now means another person.")
                  .because(before.subject(), now.subject());
        });
  }

  private static Finding unconstrained(Attempt attempt) {
    return attempt.claims().present("cnf")
        ? failed(
            ProblemType.TOKEN_SENDER_CONSTRAINED,
            "The token is bound to its sender (`cnf`); only bearer tokens are honoured.")
        : passed("`cnf` is absent.");
  }

  private static Finding subject(Attempt attempt) {
    String claim = attempt.config().issuer().subjectClaim();
    String subject = attempt.claims().string(claim);
    if (subject == null || !isUsable(subject)) {
      return failed(ProblemType.TOKEN_SUBJECT, "The subject claim is missing or unusable.")
          .because(claim, subject);
    }
    attempt.subject(subject);
    return passed(claim, subject, "The token names a subject.");
  }

  private static Finding username(Attempt attempt) {
    List<String> names = attempt.config().usernameClaims();
    for (String name : names) {
      String value = attempt.claims().string(name);
      if (value != null && isUsable(value)) {
        attempt.username(value);
        return passed(names.toString(), value, "The user name is the claim `" + name + "`.");
      }
    }
    return failed(ProblemType.TOKEN_USERNAME, "No user name claim is a non-empty string.")
        .because(names.toString(), attempt.claims().names().toString());
  }

  private static Finding emailVerified(Attempt attempt) {
    Claims claims = attempt.claims();
    String username = attempt.username();
    boolean isEmail = username != null && username.equalsIgnoreCase(claims.string("email"));
    return isEmail && claims.isFalse("email_verified")
        ? failed(
                ProblemType.TOKEN_EMAIL_UNVERIFIED,
                "The user name is an e-mail address that is not verified.")
            .because("email_verified not false", "false")
        : passed("The user name is no unverified e-mail address.");
  }

  private Finding client(Attempt attempt) {
    String client = TokenFacts.client(attempt.claims(), own);
    String sid = attempt.claims().string("sid");
    boolean usable = (client == null || isUsable(client)) && (sid == null || isUsable(sid));
    return usable
        ? passed(null, client, client == null ? "No client is named." : "A client is named.")
        : failed(ProblemType.TOKEN_MALFORMED, "The client or `sid` claim is empty or too long.")
            .because(null, client + ", " + sid);
  }

  private Finding actors(Attempt attempt) {
    ActorChain chain = ActorChain.of(attempt.claims());
    if (chain == null || !chain.isStorable()) {
      return failed(ProblemType.TOKEN_ACTOR_CHAIN, "The `act` claim is unusable.");
    }
    if (attempt.config().issuer().iss().equals(own.assertions())) {
      return ownAssertion(attempt, chain);
    }
    attempt.act(chain.compact());
    return passed(null, chain.compact(), "The actors are known.");
  }

  // The app that an assertion was made for is who acts now.
  private static Finding ownAssertion(Attempt attempt, ActorChain before) {
    String app = attempt.claims().string("app");
    List<String> viaApps = attempt.config().viaApps();
    if (app == null || !viaApps.contains(app)) {
      return failed(ProblemType.TOKEN_ACTOR_CHAIN, "The config names no such app to come through.")
          .because(viaApps.toString(), app);
    }
    ActorChain chain = before.through(app);
    if (chain.actors().size() > MAX_HOPS || !chain.isStorable()) {
      return failed(ProblemType.TOKEN_ACTOR_CHAIN, "The token came over too many hops.")
          .because("at most " + MAX_HOPS, chain.compact());
    }
    attempt.act(chain.compact());
    return passed(viaApps.toString(), chain.compact(), "The app may act for the person.");
  }

  // Such values are shown, logged and part of a database key.
  private static boolean isUsable(@Nullable String text) {
    return text != null
        && !text.isBlank()
        && text.length() <= MAX_LENGTH
        && text.chars().noneMatch(Character::isISOControl);
  }
}
