/// API keys: `sp_` and 256 random bits, stored as SHA-256; what they may do are assignments. A key
/// that a person makes, or a key of theirs, belongs to that person: it never holds more than they
/// do and dies with their deactivation. A rotation lets two values work side by side for a while. A
/// key can be traded for a token of some minutes, which carries no permission and lives no longer
/// than the value it was traded for. The first admin key comes from bootstrap, a lost one from
/// recovery; both stand in the audit.
@NullMarked
package dev.sallyport.apikeys;

import org.jspecify.annotations.NullMarked;
