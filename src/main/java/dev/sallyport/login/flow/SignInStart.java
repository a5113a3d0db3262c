package dev.sallyport.login.flow;

import dev.sallyport.authz.CallContext;
import dev.sallyport.consolesessions.signin.ReturnPath;
import dev.sallyport.crypto.RandomTokens;
import dev.sallyport.login.ProviderDetails;
import dev.sallyport.login.Providers;
import dev.sallyport.login.discovery.Discovery;
import dev.sallyport.login.discovery.DiscoveryResult;
import dev.sallyport.login.discovery.ProviderMetadata;
import dev.sallyport.problem.ProblemType;
import dev.sallyport.problem.SallyportException;
import dev.sallyport.ratelimit.RequestLimits;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/// The first half of a sign-in: remember it, and send the browser to the identity provider.
@ApplicationScoped
class SignInStart {
  @Inject Providers providers;
  @Inject Discovery discovery;
  @Inject PreLogins logins;

  /// A sign-in that has begun: its id and state for the cookie, and where to go.
  record Started(String id, String state, URI goTo) {}

  Started begin(@Nullable String providerId, ReturnPath returnTo) {
    ProviderDetails provider =
        providers
            .byId(String.valueOf(providerId))
            .filter(ProviderDetails::enabled)
            .orElseThrow(
                () ->
                    new SallyportException(
                        ProblemType.SIGN_IN_PROVIDER_UNKNOWN,
                        "There is no enabled sign-in provider of this id."));
    ProviderMetadata metadata = metadata(provider);
    PreLogin login =
        new PreLogin(
            random(),
            random(),
            random(),
            returnTo.value(),
            provider.id(),
            provider.revision(),
            logins.now().toEpochMilli());
    String group = RequestLimits.addressKey(CallContext.current().address());
    String id = logins.keep(login, group);
    return new Started(id, login.state(), OidcMessages.authentication(provider, metadata, login));
  }

  private ProviderMetadata metadata(ProviderDetails provider) {
    return switch (discovery.of(provider.subject())) {
      case DiscoveryResult.Found(ProviderMetadata metadata) -> metadata;
      case DiscoveryResult.Failed failed -> throw failed.toVisitor();
    };
  }

  /// 32 bytes, as 43 letters that are right for state, nonce and verifier.
  private static String random() {
    return RandomTokens.credential("").reveal();
  }
}
