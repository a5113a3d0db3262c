package dev.sallyport.appsessions;

import dev.sallyport.persistence.Condition;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which sessions; absent members match all. `user` is the beginning of a user name, or all of it
/// where `wholeUser` says so. `appIds` are the apps that the reader may see; null for all.
public record SessionFilter(
    @Nullable String app,
    @Nullable String config,
    @Nullable String user,
    @Nullable String issuer,
    @Nullable String subject,
    @Nullable String client,
    State state,
    @Nullable Set<String> appIds,
    boolean wholeUser) {

  public SessionFilter(
      @Nullable String app,
      @Nullable String config,
      @Nullable String user,
      @Nullable String issuer,
      @Nullable String subject,
      @Nullable String client,
      State state) {
    this(app, config, user, issuer, subject, client, state, null, false);
  }

  /// Live ones, ended ones, or both.
  public enum State {
    LIVE,
    ENDED,
    ALL;

    public static State ofCode(@Nullable String code) {
      return code == null || code.isEmpty() ? LIVE : valueOf(code.toUpperCase(Locale.ROOT));
    }

    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public static SessionFilter live() {
    return new SessionFilter(null, null, null, null, null, null, State.LIVE);
  }

  /// The same filter over live sessions only.
  public SessionFilter liveOnly() {
    return new SessionFilter(
        app, config, user, issuer, subject, client, State.LIVE, appIds, wholeUser);
  }

  /// The same filter over these apps only.
  public SessionFilter within(Set<String> ids) {
    return new SessionFilter(
        app, config, user, issuer, subject, client, state, Set.copyOf(ids), wholeUser);
  }

  /// The same for this user and no other whose name begins like this: for those who end what they
  /// have not looked at.
  SessionFilter ofWholeUser() {
    return new SessionFilter(app, config, user, issuer, subject, client, state, appIds, true);
  }

  /// Whether it narrows anything but the state.
  public boolean isEmpty() {
    return app == null
        && config == null
        && user == null
        && issuer == null
        && subject == null
        && client == null;
  }

  /// The same at any app that the reader may see.
  SessionFilter atAnyApp() {
    return new SessionFilter(null, config, user, issuer, subject, client, state, appIds, wholeUser);
  }

  /// The person whom it is about, maybe with one client only; null when it says anything else of
  /// sessions than where they are.
  @Nullable Whom person() {
    return issuer == null || subject == null || config != null || user != null
        ? null
        : Whom.person(issuer, subject, client);
  }

  Condition condition() {
    Condition wanted =
        switch (state) {
          case LIVE -> Condition.of("s.ended_at is null");
          case ENDED -> Condition.of("s.ended_at is not null");
          case ALL -> Condition.ANY;
        };
    wanted =
        wanted
            .andIs("s.app_name", app)
            .andIs("s.config_name", config)
            .andIs("s.issuer", issuer)
            .andIs("s.subject", subject)
            .andIs("s.client", client);
    wanted = wholeUser ? wanted.andIs("s.username", user) : wanted.andBegins("s.username", user);
    return wanted.andIsOneOf("s.app_id", appIds);
  }

  /// The condition, and started no later than this.
  Condition startedBy(@Nullable Instant asOf) {
    return asOf == null ? condition() : condition().and("s.started_at <= ?", asOf);
  }
}
