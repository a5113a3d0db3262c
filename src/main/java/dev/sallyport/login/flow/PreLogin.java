package dev.sallyport.login.flow;

/// What a sign-in remembers until the answer comes. It is secret as a whole.
public record PreLogin(
    String state,
    String nonce,
    String verifier,
    String returnTo,
    String providerId,
    long providerRevision) {
  @Override
  public String toString() {
    return "sign-in at " + providerId;
  }
}
