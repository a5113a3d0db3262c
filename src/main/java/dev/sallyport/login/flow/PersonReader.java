package dev.sallyport.login.flow;

import dev.sallyport.crypto.Secret;
import dev.sallyport.issuers.IssuerDetails;
import dev.sallyport.jose.Claims;
import dev.sallyport.login.ProviderDetails;
import dev.sallyport.login.discovery.ProviderMetadata;
import dev.sallyport.problem.ProblemType;
import dev.sallyport.users.PersonSignIn;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Makes a person of verified claims. What the ID token lacks is asked of the userinfo endpoint,
/// once and only where the provider says so.
@ApplicationScoped
class PersonReader {
  @Inject ProviderCalls calls;

  /// Where the person is read from.
  record Source(
      ProviderDetails provider,
      IssuerDetails issuer,
      ProviderMetadata metadata,
      TokenAnswer tokens,
      Claims claims) {}

  /// Somebody, and what is kept of what was said of them.
  record Read(PersonSignIn person, Secret claims) {}

  Read read(Source source) {
    Claims claims = source.claims;
    String subject = text(claims, source.issuer.subjectClaim());
    String sub = text(claims, "sub");
    if (subject == null || sub == null) {
      throw SignInFinish.refusal(ProblemType.SIGN_IN_TOKEN_SUBJECT);
    }
    Claims info = needsUserInfo(source) ? userInfo(source, sub) : null;
    Claims emailClaims = info != null && !claims.present("email") ? info : claims;
    ProblemType wrong = EmailRule.check(emailClaims, source.provider.allowedEmailDomains());
    if (wrong != null) {
      throw SignInFinish.refusal(wrong);
    }
    String email = text(emailClaims, "email");
    PersonSignIn person =
        new PersonSignIn(
            source.provider.id(),
            source.provider.issuer(),
            subject,
            email,
            displayName(claims, info, Objects.requireNonNullElse(email, subject)),
            groups(source.provider, claims, info));
    return new Read(person, SealedClaims.of(source.provider, claims, info));
  }

  private static boolean needsUserInfo(Source source) {
    ProviderDetails provider = source.provider;
    boolean lacksGroups =
        !provider.groupsClaim().isEmpty()
            && GroupsClaim.read(source.claims, provider.groupsClaim())
                instanceof GroupsClaim.Groups.Absent;
    boolean lacksEmail =
        !provider.allowedEmailDomains().isEmpty() && !source.claims.present("email");
    return provider.userinfoFallback() && (lacksGroups || lacksEmail);
  }

  private Claims userInfo(Source source, String sub) {
    return calls.userInfo(source.metadata, source.tokens.accessToken(), sub);
  }

  private static List<String> groups(
      ProviderDetails provider, Claims claims, @Nullable Claims info) {
    if (provider.groupsClaim().isEmpty()) {
      return List.of();
    }
    GroupsClaim.Groups groups = GroupsClaim.read(claims, provider.groupsClaim());
    if (groups instanceof GroupsClaim.Groups.Absent && info != null) {
      groups = GroupsClaim.read(info, provider.groupsClaim());
    }
    return switch (groups) {
      case GroupsClaim.Groups.Found(List<String> found) -> found;
      // Keycloak leaves the claim out for somebody who is in no group.
      case GroupsClaim.Groups.Absent _ -> List.of();
      case GroupsClaim.Groups.WrongType _ ->
          throw SignInFinish.refusal(ProblemType.SIGN_IN_GROUPS_TYPE);
    };
  }

  private static String displayName(Claims claims, @Nullable Claims info, String other) {
    return Stream.of(claims, info == null ? claims : info)
        .flatMap(c -> Stream.of(text(c, "name"), text(c, "preferred_username")))
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(other);
  }

  private static @Nullable String text(Claims claims, String name) {
    String text = claims.string(name);
    return text == null || text.isBlank() ? null : text;
  }
}
