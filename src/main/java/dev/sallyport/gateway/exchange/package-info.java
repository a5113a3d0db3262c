/// One call at the gateway: what is read of its request, and what the gateway answers by itself.
/// What two servers could read in two ways is refused here; nothing of a refusal shows a secret.
@NullMarked
package dev.sallyport.gateway.exchange;

import org.jspecify.annotations.NullMarked;
