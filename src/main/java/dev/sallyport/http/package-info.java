/// The way out and the edge of the way in. Every fetch of the control plane goes through
/// [dev.sallyport.http.OutboundHttp], which checks addresses after DNS and connects to the address
/// it checked; the relay asks [dev.sallyport.http.GuardedResolver] for the addresses of an
/// upstream. Nothing else in Sallyport opens a connection to a place that somebody configured.
/// [dev.sallyport.http.ClientAddress] is the one rule for who is calling,
/// [dev.sallyport.http.RequestHost] and [dev.sallyport.http.AllowedOrigins] for where the call may
/// be directed and come from.
@NullMarked
package dev.sallyport.http;

import org.jspecify.annotations.NullMarked;
