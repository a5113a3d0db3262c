package dev.sallyport.apikeys;

import dev.sallyport.authz.NoPermissionNeeded;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;

/// Writes the last use of keys in batches, so that no call waits for it.
@Singleton
@NoPermissionNeeded("A timer.")
public class KeyUseWriter {
  @PersistenceContext EntityManager em;
  @Inject KeyUse use;

  @Schedule(hour = "*", minute = "*", second = "*/15", persistent = false)
  void write() {
    use.take()
        .forEach(
            (id, at) ->
                em.createQuery("update ApiKey k set k.lastUsedAt = :at where k.id = :id")
                    .setParameter("at", at)
                    .setParameter("id", id)
                    .executeUpdate());
  }
}
