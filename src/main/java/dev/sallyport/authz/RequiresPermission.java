package dev.sallyport.authz;

import jakarta.enterprise.util.Nonbinding;
import jakarta.interceptor.InterceptorBinding;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// The permission without which a service method, a REST method or a view is refused.
@Inherited
@InterceptorBinding
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface RequiresPermission {
  @Nonbinding
  Permission value();

  /// Whether holding it for some apps is enough to come in. What is annotated so narrows its rows
  /// and changes to [Access#scope]; everything else refuses whoever holds the permission only
  /// somewhere.
  @Nonbinding
  boolean scoped() default false;
}
