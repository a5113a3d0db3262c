package dev.sallyport.authz;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// A service method that needs no permission, and why: what is one's own, or what no actor calls.
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface NoPermissionNeeded {
  /// The reason.
  String value();
}
