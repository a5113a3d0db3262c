package dev.sallyport.roles;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A role as it is asked for. A change replaces it whole.
public record RoleInput(
    @Nullable String name, @Nullable String description, @Nullable List<String> permissions) {}
