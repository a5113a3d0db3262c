/// The data plane: the door that every call to an app goes through. It runs on the server's I/O
/// threads, before the servlet chain; what may block runs on small pools of its own. A warm call
/// looks up the token's hash in memory, registers itself with its session and is relayed: no
/// database, no lock, no JSON. A node that does not hear the change feed refuses instead of
/// guessing.
@NullMarked
package dev.sallyport.gateway;

import org.jspecify.annotations.NullMarked;
