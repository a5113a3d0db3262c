package dev.sallyport.login;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A group mapping as it is asked for. The group is compared to the letter.
public record GroupMappingInput(
    @Nullable String providerId,
    @Nullable String group,
    @Nullable String roleId,
    @Nullable Map<String, List<String>> scope) {}
