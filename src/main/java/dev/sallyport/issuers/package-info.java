/// Who signs tokens. An issuer is an `iss` string with exactly one key source, shared by everything
/// that trusts it; nobody can give a known issuer other keys by naming it again.
@NullMarked
package dev.sallyport.issuers;

import org.jspecify.annotations.NullMarked;
