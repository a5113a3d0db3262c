/// Reading and checking of JWTs, and the keys for it. No algorithm comes from the token: the token
/// names one, and it counts only if the key's type and curve agree (RFC 8725 section 3.1). A text
/// that is not three parts of canonical base64url never reaches a JSON parser; JSON with duplicate
/// members is refused. Key sets are cached per URL and outlive an outage of the identity provider
/// by an hour. Nothing here prints a token: texts for people hold key ids and counts only.
@NullMarked
package dev.sallyport.jose;

import org.jspecify.annotations.NullMarked;
