package dev.sallyport.login.flow;

import dev.sallyport.consolesessions.signin.SignInOption;
import dev.sallyport.consolesessions.signin.SignInOptions;
import dev.sallyport.login.ProviderDetails;
import dev.sallyport.login.Providers;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Offers the enabled providers on the sign-in page.
@ApplicationScoped
public class OidcSignInOptions implements SignInOptions {
  @Inject Providers providers;

  private record Option(String label, String path) implements SignInOption {
    @Override
    public String href(@Nullable String returnTo) {
      return returnTo == null ? path : path + "&return_to=" + encoded(returnTo);
    }
  }

  @Override
  public List<SignInOption> options() {
    return providers.enabled().stream().map(OidcSignInOptions::option).toList();
  }

  private static SignInOption option(ProviderDetails provider) {
    return new Option(
        "Sign in with " + provider.name(), "/auth/oidc/login?provider=" + encoded(provider.id()));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
