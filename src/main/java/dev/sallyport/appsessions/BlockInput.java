package dev.sallyport.appsessions;

import dev.sallyport.problem.FieldErrors;
import dev.sallyport.problem.PlainText;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Whom to let in no more: everything of this issuer that has the given members, until then or
/// until somebody lifts it. `app` is the name of an app.
public record BlockInput(
    @Nullable String issuer,
    @Nullable String subject,
    @Nullable String client,
    @Nullable String app,
    @Nullable String sid,
    @Nullable Instant until,
    @Nullable String note) {
  private static final int LONGEST_TEXT = 255;
  private static final int LONGEST_NOTE = 500;
  private static final Duration FURTHEST = Duration.ofDays(3_660);

  void check(Instant now) {
    var errors = new FieldErrors();
    texts().forEach((field, text) -> check(errors, field, text));
    errors.addIf(issuer == null, "issuer", "must be the `iss` of the tokens.");
    errors.addIf(
        subject == null && client == null && sid == null,
        "subject",
        "must be given, unless a client or a sid is; a whole issuer is closed by its configs.");
    errors.addIf(
        until != null && (!until.isAfter(now) || until.isAfter(now.plus(FURTHEST))),
        "until",
        "must lie in the next ten years; leave it out to block until somebody lifts it.");
    errors.addIf(
        note != null && (note.length() > LONGEST_NOTE || !PlainText.isProse(note)),
        "note",
        "must have at most " + LONGEST_NOTE + " characters.");
    errors.throwIfAny();
  }

  private Map<String, @Nullable String> texts() {
    Map<String, @Nullable String> texts = new LinkedHashMap<>();
    texts.put("issuer", issuer);
    texts.put("subject", subject);
    texts.put("client", client);
    texts.put("app", app);
    texts.put("sid", sid);
    return texts;
  }

  private static void check(FieldErrors errors, String field, @Nullable String text) {
    errors.addIf(
        text != null && (text.isBlank() || text.length() > LONGEST_TEXT || !PlainText.isLine(text)),
        field,
        "must be a line of 1 to " + LONGEST_TEXT + " characters; leave it out for any.");
  }
}
