package dev.sallyport.workloads;

import dev.sallyport.persistence.Revised;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One rule.
///
/// @param role its role, within `scope`; null after that was revoked
/// @param owner the person who wrote it last, with a session or a key of theirs: it never holds
///     more than they do; null where a key of nobody wrote it
/// @param state `live`, `disabled` or `expired`
public record WorkloadRuleDetails(
    String id,
    String name,
    String issuerId,
    String issuer,
    String audience,
    List<Condition> conditions,
    @Nullable String role,
    @Nullable Map<String, List<String>> scope,
    boolean enabled,
    @Nullable Instant expiresAt,
    String state,
    @Nullable Instant lastUsedAt,
    Instant createdAt,
    String createdBy,
    @Nullable String owner,
    long revision)
    implements Revised {
  public static final String LIVE = "live";
}
