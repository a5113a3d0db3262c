package dev.sallyport.roles;

import dev.sallyport.authz.ActorKind;
import java.util.List;

/// Finds actors by a part of their name or by their id, for forms. Implementations are CDI beans of
/// the features that keep actors.
public interface ActorSearch {
  /// An actor that can be given a role.
  record Found(ActorKind kind, String id, String name) {}

  /// The first ones by name that are live; an empty text fits all.
  List<Found> find(String text, int limit);
}
