/// How a person connects their account at a remote server: an agent's call finds that a sign-in is
/// needed and gets a link; whoever opens it must be the person of the call, sees who asks for what,
/// and comes back from the authorization server with a code. What is on its way is stored encrypted
/// for ten minutes, tied to one browser and one person, and taken once. Whatever is refused leaves
/// nothing behind.
@NullMarked
package dev.sallyport.connections.flow;

import org.jspecify.annotations.NullMarked;
