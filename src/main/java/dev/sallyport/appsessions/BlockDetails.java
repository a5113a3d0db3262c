package dev.sallyport.appsessions;

import dev.sallyport.persistence.Row;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One block: tokens of the issuer with these members are refused. An absent subject, client, app
/// or `sid` stands for any, unless `withoutClient` or `withoutSid` says that it stands for tokens
/// without one. A `sid` is blocked whenever the token was issued; else, `signedInUntil` is the last
/// sign-in that is refused, and without it every one is. Without `until` it stands until somebody
/// lifts it.
public record BlockDetails(
    String id,
    String issuer,
    @Nullable String subject,
    @Nullable String client,
    boolean withoutClient,
    @Nullable String appId,
    @Nullable String app,
    @Nullable String sid,
    boolean withoutSid,
    Instant revokedAt,
    @Nullable Instant signedInUntil,
    @Nullable Instant until,
    String reason,
    String by,
    @Nullable String note) {

  static BlockDetails read(Row row) throws SQLException {
    return new BlockDetails(
        row.text("id"),
        row.text("issuer"),
        row.textOrNull("subject"),
        row.textOrNull("client"),
        row.flag("no_client"),
        row.textOrNull("app_id"),
        row.textOrNull("app_name"),
        row.textOrNull("sid"),
        row.flag("no_sid"),
        row.instant("revoked_at"),
        row.instantOrNull("cutoff"),
        row.instantOrNull("until"),
        row.text("reason"),
        row.text("created_by"),
        row.textOrNull("note"));
  }

  /// Whether only the person's reactivation takes it away.
  public boolean goesWithReactivation() {
    return reason.equals(EndReason.DEACTIVATED.code());
  }
}
