package dev.sallyport.testing.idp;

import dev.sallyport.crypto.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Who can sign in; it may change at any time.
final class People {
  private final List<DemoUser> first;
  private final List<DemoUser> known = new ArrayList<>();

  People(List<DemoUser> first) {
    this.first = List.copyOf(first);
    known.addAll(first);
  }

  /// Those of the start.
  List<DemoUser> first() {
    return first;
  }

  synchronized Optional<DemoUser> find(String name) {
    return known.stream().filter(user -> user.name().equals(name)).findFirst();
  }

  /// Adds a person, or replaces the one of that name.
  synchronized void put(DemoUser user) {
    known.removeIf(other -> other.name().equals(user.name()));
    known.add(user);
  }

  Optional<DemoUser> signIn(Form form) {
    Secret password = new Secret(form.first("password"));
    return find(form.first("username")).filter(user -> user.password().equals(password));
  }
}
