package dev.sallyport.appauth.verification;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Why a token was refused, for the admin and the audit only. The texts come from a token that
/// may be forged; each is cut at 200 characters.
public record RefusalFacts(
    @Nullable String iss,
    List<String> aud,
    @Nullable String sub,
    @Nullable String kid,
    @Nullable String client,
    @Nullable String config,
    String check,
    @Nullable String expected,
    @Nullable String found) {
  private static final int MAX_LENGTH = 200;
  private static final int MAX_AUDIENCES = 10;

  public RefusalFacts {
    iss = cut(iss);
    aud = aud.stream().limit(MAX_AUDIENCES).map(a -> cutText(a)).toList();
    sub = cut(sub);
    kid = cut(kid);
    client = cut(client);
    expected = cut(expected);
    found = cut(found);
  }

  static @Nullable String cut(@Nullable String text) {
    return text == null ? null : cutText(text);
  }

  private static String cutText(String text) {
    if (text.length() <= MAX_LENGTH) {
      return text;
    }
    int end =
        Character.isHighSurrogate(text.charAt(MAX_LENGTH - 2)) ? MAX_LENGTH - 2 : MAX_LENGTH - 1;
    return text.substring(0, end) + "…";
  }
}
