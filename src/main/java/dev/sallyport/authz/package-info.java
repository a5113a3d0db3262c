/// The vocabulary of access: actors, permissions, and the context that every call carries. The data
/// behind it (roles, keys, sessions) lives in the features above. Enforcement is one interceptor on
/// services; a call without a bound context is refused.
@NullMarked
package dev.sallyport.authz;

import org.jspecify.annotations.NullMarked;
