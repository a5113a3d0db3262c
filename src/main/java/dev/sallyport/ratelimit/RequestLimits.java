package dev.sallyport.ratelimit;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.sallyport.config.Settings;
import dev.sallyport.http.ClientAddress;
import dev.sallyport.http.IpLiteral;
import dev.sallyport.problem.ProblemType;
import dev.sallyport.problem.SallyportException;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.util.EnumMap;
import java.util.Map;

/// The server's one limiter, with the limits of the settings.
@ApplicationScoped
public class RequestLimits {
  @Inject Settings settings;

  private RateLimiter limiter;

  @PostConstruct
  void start() {
    Settings.LimitSettings limits = settings.limits();
    Map<LimitKind, Limit> byKind = new EnumMap<>(LimitKind.class);
    for (LimitKind kind : LimitKind.values()) {
      long perMinute =
          switch (kind) {
            case REFUSED_TOKEN, ABSENT_APP, REFUSED_COOKIE, REFUSED_LOGOUT -> limits.refused();
            case BACK_CHANNEL_LOGOUT -> limits.logout();
            case TOKENLESS, PUBLIC, LAUNCH -> limits.tokenless();
            case BOOTSTRAP, SIGN_IN, OIDC_LOGIN, OIDC_CALLBACK, CONNECT -> limits.signIn();
            case API_KEY -> limits.api();
          };
      byKind.put(kind, Limit.perMinute(perMinute));
    }
    limiter = new RateLimiter(byKind, Ticker.systemTicker());
  }

  /// The key for a caller's address: IPv6 clients own a whole /64.
  public static String addressKey(String address) {
    InetAddress parsed = IpLiteral.parse(address);
    return parsed == null ? address : ClientAddress.group(parsed);
  }

  /// Counts one and answers.
  public Permit take(LimitKind kind, String key) {
    return limiter.take(kind, key);
  }

  /// Answers without counting.
  public Permit peek(LimitKind kind, String key) {
    return limiter.peek(kind, key);
  }

  /// Counts one; refuses when the limit is reached.
  public void require(LimitKind kind, String key) {
    if (take(kind, key) instanceof Permit.Denied denied) {
      throw SallyportException.retryAfter(ProblemType.TOO_MANY_REQUESTS, denied.retryAfter());
    }
  }
}
