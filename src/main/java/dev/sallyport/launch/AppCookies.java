package dev.sallyport.launch;

import dev.sallyport.consolesessions.SignedValues;
import dev.sallyport.crypto.Secret;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/// Tells the cookies that apps' own hosts have set from made-up ones, before anybody asks the
/// database about them.
@ApplicationScoped
public class AppCookies {
  @Inject SignedValues signed;

  /// What this node can say of a cookie at once; never waits.
  public SignedValues.Standing standing(Secret cookie) {
    return signed.standing(AppSignIns.PREFIX, cookie);
  }
}
