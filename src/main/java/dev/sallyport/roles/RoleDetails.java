package dev.sallyport.roles;

import dev.sallyport.persistence.Revised;
import java.util.List;

/// One role. `assignments` counts the live ones, to users and machines alike; system roles can't be
/// changed or deleted.
public record RoleDetails(
    String id,
    String name,
    String description,
    boolean system,
    List<String> permissions,
    long assignments,
    long revision)
    implements Revised {}
