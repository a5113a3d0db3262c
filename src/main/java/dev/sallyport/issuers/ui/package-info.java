/// What pages show of issuers: where their keys come from, and how this node stands with them.
/// Keys are public; nothing here is secret.
@NullMarked
package dev.sallyport.issuers.ui;

import org.jspecify.annotations.NullMarked;
