package dev.sallyport.connections.grants;

import dev.sallyport.appsessions.SessionCache;
import dev.sallyport.cluster.Change;
import dev.sallyport.cluster.Changes;
import dev.sallyport.persistence.Json;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.core.type.TypeReference;

/// Lets all nodes forget what upstreams got for people whose grants changed, and hear who has
/// followed a link.
@ApplicationScoped
class GrantChanges {
  // Issuer and subject, and the link where one was followed.
  private static final TypeReference<List<String>> REF = new TypeReference<>() {};
  // Each change walks through all cached tokens; for many people one walk is cheaper.
  private static final int MOST_PEOPLE = 20;

  @Inject Changes changes;
  @Inject SessionCache sessions;
  @Inject Event<ConnectionNews> news;

  void tell(Collection<Person> people) {
    Set<String> refs = new TreeSet<>();
    people.forEach(person -> refs.add(Json.write(List.of(person.issuer(), person.subject()))));
    changes.tell(Change.Kind.CONNECTION, refs.size() > MOST_PEOPLE ? Set.of(Change.ALL) : refs);
  }

  void followed(Person person, String link) {
    List<String> ref = List.of(person.issuer(), person.subject(), link);
    changes.tell(Change.Kind.CONNECTION, Set.of(Json.write(ref)));
  }

  void changed(@Observes Change change) {
    if (change.kind() != Change.Kind.CONNECTION) {
      return;
    }
    if (change.ref().equals(Change.ALL)) {
      sessions.forgetUpstreamHeaders(null, null);
      news.fire(new ConnectionNews(null, null));
      return;
    }
    List<String> ref = Json.read(change.ref(), REF);
    Person person = new Person(ref.get(0), ref.get(1));
    sessions.forgetUpstreamHeadersOf(person.issuer(), person.subject());
    news.fire(new ConnectionNews(person, ref.size() > 2 ? ref.get(2) : null));
  }
}
