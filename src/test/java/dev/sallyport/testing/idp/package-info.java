/// The demo's identity provider: sign-in with the code flow and with a password, user info, logout
/// and back-channel logout. `./run` starts it; tests also take from it any right or wrong token
/// straight from Java.
///
/// What changes its people or ends their sessions over HTTP needs the operator's token, which is
/// made at each start and stands in `run.json`. Sessions are kept in memory and die with the
/// process; a person's `sub` is the same after every start. Nothing here depends on the gateway
/// beyond its `Secret`, so a fault there can't hide behind the same fault here.
@NullMarked
package dev.sallyport.testing.idp;

import org.jspecify.annotations.NullMarked;
