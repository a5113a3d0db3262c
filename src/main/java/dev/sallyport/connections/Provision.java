package dev.sallyport.connections;

import dev.sallyport.crypto.Secret;
import java.time.Instant;

/// What a call takes along to its upstream.
public sealed interface Provision {
  /// The gateway's own assertion.
  record Assertion() implements Provision {}

  /// Nothing.
  record Nothing() implements Provision {}

  /// A header, good until then.
  record Header(String name, Secret value, Instant until) implements Provision {}

  /// Nothing yet: the person must connect their account first.
  record SignIn(AuthRequired need) implements Provision {}
}
