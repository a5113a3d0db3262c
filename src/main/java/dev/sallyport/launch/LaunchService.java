package dev.sallyport.launch;

import dev.sallyport.appauth.AppTrust;
import dev.sallyport.appauth.Trust;
import dev.sallyport.appauth.verification.SignInFacts;
import dev.sallyport.appauth.verification.TokenVerifier;
import dev.sallyport.appauth.verification.Verdict;
import dev.sallyport.appsessions.AppEntry;
import dev.sallyport.appsessions.SessionOpener;
import dev.sallyport.authz.CallContext;
import dev.sallyport.authz.NoPermissionNeeded;
import dev.sallyport.consolesessions.ConsoleSessions;
import dev.sallyport.consolesessions.IdpSession;
import dev.sallyport.crypto.Secret;
import dev.sallyport.crypto.TokenHash;
import dev.sallyport.jose.Claims;
import dev.sallyport.problem.ProblemType;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Opens apps for whoever is signed in at the console, and says which ones they may.
@Stateless
@NoPermissionNeeded("The apps' own rules say who may open them.")
public class LaunchService {
  private static final Pattern CHALLENGE = Pattern.compile("[0-9a-f]{64}");

  @Inject Trust trust;
  @Inject TokenVerifier verifier;
  @Inject AppEntry entry;
  @Inject ConsoleSessions consoleSessions;
  @Inject LaunchCodes codes;

  /// Hands the caller's sign-in over to an app. `challenge` is what the app's host sent: the hash
  /// of what it keeps in the caller's browser.
  public Launch launch(String appName, @Nullable String challenge) {
    AppTrust app = trust.current().app(appName);
    String address = app == null ? null : app.app().publicAddress();
    if (app == null || address == null || app.configs().isEmpty()) {
      return new Launch.Unknown();
    }
    if (challenge == null || !CHALLENGE.matcher(challenge).matches()) {
      return new Launch.Begin(address + "/");
    }
    CallContext context = CallContext.current();
    String session = context.consoleSessionId();
    Optional<SignInFacts> signIn = ownSignIn();
    if (session == null || signIn.isEmpty()) {
      ProblemType type = ProblemType.LAUNCH_PERSON_NEEDED;
      return new Launch.Refused(type, type.cause());
    }
    var caller = new SessionOpener.Caller(context.address(), null);
    if (entry.judge(app, signIn.get(), caller) instanceof Verdict.Refused refused) {
      return new Launch.Refused(refused.code(), refused.publicDetail());
    }
    Secret code =
        codes.keep(new LaunchCodes.Code(app.facts().id(), TokenHash.ofHex(challenge), session));
    String mark = challenge.substring(0, OwnPaths.MARK_LENGTH);
    return new Launch.Go(address + OwnPaths.SIGNED_IN + "?code=" + code.reveal() + "&mark=" + mark);
  }

  /// The apps that the caller may enter as they are signed in here, by name. In a browser the rules
  /// for tokens count, too: it has neither scopes nor another client.
  public List<OwnApp> mine() {
    return ownSignIn()
        .map(
            signIn ->
                trust.current().apps().values().stream()
                    .filter(app -> isOpen(app, signIn))
                    .map(app -> OwnApp.of(app.app()))
                    .sorted(Comparator.comparing(OwnApp::name))
                    .toList())
        .orElse(List.of());
  }

  private boolean isOpen(AppTrust app, SignInFacts signIn) {
    return app.app().publicAddress() == null
        ? verifier.letsIn(signIn, app.facts(), app.configs())
        : verifier.admit(signIn, app.facts(), app.configs()) instanceof Verdict.Accepted;
  }

  /// Whether the caller came through an identity provider: apps know nobody else.
  public boolean isPerson() {
    return ownSignIn().isPresent();
  }

  private Optional<SignInFacts> ownSignIn() {
    String session = CallContext.current().consoleSessionId();
    if (session == null) {
      return Optional.empty();
    }
    return consoleSessions
        .signIn(session)
        .map(IdpSession::claims)
        .flatMap(
            claims ->
                consoleSessions
                    .latestEnd(session)
                    .map(
                        end ->
                            new SignInFacts(
                                TokenHash.of(session), Claims.ofJson(claims.reveal()), end)));
  }
}
