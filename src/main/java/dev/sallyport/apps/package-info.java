/// What can be called: MCP servers and HTTP apps, their labels and upstreams. The label
/// `sallyport.internal/app-kind` is set here and never written by anybody. Every change is told to
/// all nodes within its transaction.
@NullMarked
package dev.sallyport.apps;

import org.jspecify.annotations.NullMarked;
