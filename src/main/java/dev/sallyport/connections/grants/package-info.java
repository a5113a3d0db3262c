/// The vault of connections: what people granted us at the authorization servers of remote apps.
/// Tokens are encrypted at rest and leave only towards the upstream or their own authorization
/// server. A grant is refreshed ahead of its end by one node at a time, and the rotated refresh
/// token is stored before the new access token is used. An outage ends nothing; `invalid_grant`
/// does. What ends is revoked at its authorization server as soon as that can be reached.
@NullMarked
package dev.sallyport.connections.grants;

import org.jspecify.annotations.NullMarked;
