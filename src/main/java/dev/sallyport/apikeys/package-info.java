/// API keys: `sp_` and 256 random bits, stored as SHA-256, with a role and maybe an expiry. The
/// first admin key comes from bootstrap, a lost one from recovery; both stand in the audit.
@NullMarked
package dev.sallyport.apikeys;

import org.jspecify.annotations.NullMarked;
