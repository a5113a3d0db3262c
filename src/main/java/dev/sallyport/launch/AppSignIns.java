package dev.sallyport.launch;

import dev.sallyport.appauth.AppTrust;
import dev.sallyport.appauth.verification.SignInFacts;
import dev.sallyport.appsessions.AppEntry;
import dev.sallyport.appsessions.EndReason;
import dev.sallyport.appsessions.Entry;
import dev.sallyport.appsessions.LiveToken;
import dev.sallyport.appsessions.SessionDetails;
import dev.sallyport.appsessions.SessionEnding;
import dev.sallyport.appsessions.SessionOpener;
import dev.sallyport.authz.CallContext;
import dev.sallyport.authz.NoPermissionNeeded;
import dev.sallyport.consolesessions.ConsoleSessions;
import dev.sallyport.consolesessions.ConsoleSessionsEnded;
import dev.sallyport.consolesessions.SignedValues;
import dev.sallyport.crypto.RandomTokens;
import dev.sallyport.crypto.Secret;
import dev.sallyport.crypto.TokenHash;
import dev.sallyport.jose.Claims;
import dev.sallyport.problem.ProblemType;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The browsers that are signed in at apps' own hosts.
@Stateless
@NoPermissionNeeded("A code or a cookie of ours is the permission.")
public class AppSignIns {
  static final String PREFIX = "app-";

  @Inject LaunchCodes codes;
  @Inject CookieStore cookies;
  @Inject SignedValues signed;
  @Inject ConsoleSessions consoleSessions;
  @Inject AppEntry entry;
  @Inject SessionOpener opener;
  @Inject SessionEnding ending;

  /// What the browser brought back to the app's host.
  ///
  /// @param state what the host had left in the browser
  public record Return(Secret code, Secret state) {}

  /// Trades a code for a cookie, and opens the app session. The code is gone whatever comes of it.
  public Redemption redeem(AppTrust app, Return brought, SessionOpener.Caller caller) {
    TokenHash challenge = TokenHash.of(brought.state().reveal());
    Optional<LaunchCodes.Code> code =
        codes
            .take(brought.code())
            .filter(taken -> taken.appId().equals(app.facts().id()))
            .filter(taken -> taken.challenge().isSame(challenge));
    return code.isEmpty()
        ? new Redemption.Refused(ProblemType.LAUNCH_CODE_INVALID)
        : enter(app, code.get().consoleSessionId(), caller);
  }

  private Redemption enter(AppTrust app, String consoleSession, SessionOpener.Caller caller) {
    // Held before any lock of app sessions: whoever ends both takes them in this order.
    Optional<Secret> claims = consoleSessions.hold(consoleSession).map(held -> held.claims());
    if (claims.isEmpty()) {
      return new Redemption.Refused(ProblemType.CONSOLE_SESSION_ENDED);
    }
    Instant end = consoleSessions.latestEnd(consoleSession).orElseThrow();
    String id = RandomTokens.id(PREFIX);
    Secret cookie = signed.sign(id);
    return switch (entry.enter(app, facts(cookie, claims.get(), end), caller)) {
      case Entry.Admitted(LiveToken token, SessionDetails session, boolean isNew) -> {
        var owner = new CookieStore.Owner(app.facts().id(), session.id(), consoleSession, end);
        cookies.insert(id, owner, claims.get());
        yield new Redemption.Entered(cookie, end);
      }
      case Entry.Refused refused -> new Redemption.Refused(refused.code());
    };
  }

  /// Who is behind a cookie that this node does not know; nobody when it is not ours, its session
  /// is over, or the app's rules have changed.
  public Optional<LiveToken> find(AppTrust app, Secret cookie, SessionOpener.Caller caller) {
    return signed
        .verify(PREFIX, cookie)
        .flatMap(id -> cookies.find(id, app.facts().id()))
        .flatMap(
            stored -> {
              SignInFacts signIn = facts(cookie, stored.claims(), stored.until());
              return opener
                  .live(app.facts().id(), signIn.hash())
                  .flatMap(session -> entry.comeBack(app, signIn, session, caller));
            });
  }

  private static SignInFacts facts(Secret cookie, Secret claims, Instant until) {
    return new SignInFacts(TokenHash.of(cookie.reveal()), Claims.ofJson(claims.reveal()), until);
  }

  /// Whoever signs out at the console has signed out of the apps that were opened from there.
  public void signedOut(@Observes ConsoleSessionsEnded event) {
    List<String> opened = cookies.sessionsOpenedThrough(event.ids());
    if (!opened.isEmpty()) {
      ending.endByIds(opened, EndReason.SIGNED_OUT, CallContext.current().actor().name());
    }
  }
}
