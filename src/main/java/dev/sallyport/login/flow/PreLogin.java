package dev.sallyport.login.flow;

/// What a sign-in remembers until the answer comes. It is secret as a whole.
///
/// @param begun when, in milliseconds of the epoch
public record PreLogin(
    String state,
    String nonce,
    String verifier,
    String returnTo,
    String providerId,
    long providerRevision,
    long begun) {
  @Override
  public String toString() {
    return "sign-in at " + providerId;
  }
}
