/// Where calls go: the apps as this node serves them, by name and by their own hosts, and which of
/// an app's upstreams a call tries first. Read by every call without a lock; replaced as a whole
/// when trust or apps change.
@NullMarked
package dev.sallyport.gateway.routes;

import org.jspecify.annotations.NullMarked;
