package dev.sallyport.login;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Who is in this group of this provider has this role, everywhere or within a scope of labels.
public record GroupMappingDetails(
    String id,
    String providerId,
    String group,
    String roleId,
    @Nullable Map<String, List<String>> scope,
    Instant createdAt,
    String createdBy) {}
