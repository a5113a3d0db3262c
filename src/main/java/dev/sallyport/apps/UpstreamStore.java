package dev.sallyport.apps;

import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The upstreams of apps, in the database.
final class UpstreamStore {
  private final EntityManager em;

  UpstreamStore(EntityManager em) {
    this.em = em;
  }

  List<Upstream> of(String appId) {
    return em.createQuery(
            "select u from Upstream u where u.appId = :id order by u.position", Upstream.class)
        .setParameter("id", appId)
        .getResultList();
  }

  /// The upstreams of these apps, by the app's id.
  Map<String, List<AppDetails.UpstreamDetails>> of(List<String> appIds) {
    return em.createQuery(
            "select u from Upstream u where u.appId in :ids order by u.position", Upstream.class)
        .setParameter("ids", appIds)
        .getResultStream()
        .collect(
            Collectors.groupingBy(
                u -> u.appId, Collectors.mapping(Upstream::details, Collectors.toList())));
  }

  /// The leases of all reported upstreams, by the upstream's id.
  Map<String, AppDetails.Lease> leases() {
    return em.createQuery(
            "select u from Upstream u where u.leasedUntil is not null", Upstream.class)
        .getResultStream()
        .collect(Collectors.toMap(u -> u.id, u -> Objects.requireNonNull(u.lease())));
  }

  /// Stores what an app is asked to have. An upstream keeps its id as long as it keeps its name:
  /// MCP sessions stick to it. What is reported stays until its lease ends, unless it is asked for
  /// at another address.
  void store(App app, AppInput input) {
    List<UpstreamInput> wanted = Objects.requireNonNullElse(input.upstreams(), List.of());
    if (wanted.isEmpty()) {
      wanted = List.of(new UpstreamInput("a", AppCheck.stripped(app.uri)));
    }
    Map<String, Upstream> known =
        of(app.id).stream().collect(Collectors.toMap(u -> u.name, Function.identity()));
    int position = 0;
    for (UpstreamInput upstream : wanted) {
      String name = Objects.requireNonNull(upstream.name());
      String url = Objects.requireNonNull(upstream.url());
      Upstream kept = known.remove(name);
      if (kept == null) {
        em.persist(new Upstream(app.id, name, url, position++));
      } else {
        if (!kept.url.equals(url)) {
          kept.configured();
        }
        kept.move(url, position++);
      }
    }
    known.values().stream().filter(u -> u.lease() == null).forEach(em::remove);
  }
}
