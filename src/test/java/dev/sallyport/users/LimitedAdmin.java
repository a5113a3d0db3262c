package dev.sallyport.users;

import dev.sallyport.testing.Rest;
import dev.sallyport.testing.Unique;
import java.util.List;
import java.util.Map;

/// Somebody who may deactivate people and hardly anything else.
record LimitedAdmin(Rest admin) {
  Rest caller() {
    Rest.Answer role =
        admin.post(
            "auth/roles",
            Map.of(
                "name",
                Unique.name("people"),
                "description",
                "deactivates",
                "permissions",
                List.of("auth.user.read", "auth.user.deactivate")));
    if (role.status() != 201) {
      throw new IllegalStateException(role.text());
    }
    return admin.holding(role.at("/id"));
  }
}
