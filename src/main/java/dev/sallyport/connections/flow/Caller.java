package dev.sallyport.connections.flow;

import dev.sallyport.appauth.verification.VerifiedToken;
import dev.sallyport.appsessions.LiveToken;
import dev.sallyport.connections.grants.Person;
import java.util.Objects;

/// Who calls an app: the person, and the agent that acts for them.
///
/// @param agentClient what the agent's client calls itself; empty when it names itself by nothing
/// @param appSession the session of the call
public record Caller(
    Person person, String username, String agentClient, String appId, String appSession) {

  static Caller of(LiveToken live) {
    VerifiedToken token = live.token();
    return new Caller(
        new Person(token.iss(), token.subject()),
        token.username(),
        Objects.requireNonNullElse(token.client(), ""),
        live.trust().app().id(),
        live.session().id());
  }

  ConnectState.Target target() {
    return new ConnectState.Target(person, username, appId, agentClient, appSession);
  }
}
