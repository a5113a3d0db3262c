package dev.sallyport.login;

import static dev.sallyport.testing.HttpBrowser.location;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.testing.FakeIdp;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What the ID token must say (OpenID Connect Core 1.0 section 3.1.3.7), and who signed it.
class OidcTokenIT extends OidcSignIn {
  @Test
  void tokenWhenUnsignedOrSignedWithASharedSecretThenRefused() {
    assertTokenRefused(t -> t.header("alg", "none").withSignature(""), "sign-in-token-algorithm");
    assertTokenRefused(
        t -> t.header("alg", "HS256").withSignature("AAAA"), "sign-in-token-algorithm");
  }

  @Test
  void tokenWhenAnotherKeySignedItThenRefused() {
    assertTokenRefused(t -> t.signedBy("P-256/stranger"), "sign-in-token-signature");
    assertTokenRefused(t -> t.header("kid", "k2").signed(), "sign-in-token-key-unknown");
  }

  @Test
  void tokenWhenIssuerAudienceOrPartyIsAnotherThenRefused() {
    assertTokenRefused(t -> t.with("iss", idp.issuer() + "/").signed(), "sign-in-token-issuer");
    assertTokenRefused(t -> t.with("aud", "other").signed(), "sign-in-token-audience");
    assertTokenRefused(
        t -> t.with("aud", List.of(FakeIdp.CLIENT, "other")).signed(), "sign-in-token-azp");
  }

  @Test
  void tokenWhenNonceHashOrTimesAreWrongThenRefused() {
    assertTokenRefused(t -> t.with("nonce", "another").signed(), "sign-in-token-nonce");
    assertTokenRefused(t -> t.with("at_hash", "AAAA").signed(), "sign-in-token-at-hash");
    assertTokenRefused(t -> t.without("at_hash").signed(), "sign-in-token-at-hash");
    assertTokenRefused(t -> t.with("exp", 1_000).signed(), "sign-in-token-expired");
    assertTokenRefused(t -> t.with("iat", 1_000).signed(), "sign-in-token-time");
    assertTokenRefused(t -> t.without("sub").signed(), "sign-in-token-subject");
  }

  @Test
  void tokenWhenThereIsNoneThenSaysSo() {
    assertTokenRefused(t -> "", "sign-in-id-token-missing");
    assertTokenRefused(t -> "not.a.jwt", "sign-in-token-malformed");
  }

  @Test
  void keyWhenItWasRotatedThenSignInGoesOn() {
    signIn();
    idp.rotateKey();
    idp.idToken(t -> t.header("kid", "k1").signed());
    assertThat(rest.post("auth/oidc/providers/" + provider + "/refresh", "{}").status())
        .isEqualTo(200);
    assertThat(location(signIn())).isEqualTo("/");
  }
}
