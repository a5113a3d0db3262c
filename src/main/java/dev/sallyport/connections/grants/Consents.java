package dev.sallyport.connections.grants;

import dev.sallyport.audit.AuditEntry;
import dev.sallyport.audit.AuditEventName;
import dev.sallyport.audit.AuditLog;
import dev.sallyport.crypto.RandomTokens;
import dev.sallyport.persistence.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;

/// What people let agents' clients do with their connections.
@ApplicationScoped
class Consents {
  @Inject Sql sql;
  @Inject Clock clock;
  @Inject AuditLog audit;

  boolean has(Consent consent) {
    return sql.first(
            """
            select id from connection_consent where issuer = ? and subject = ? and agent_client = ?
              and app_id = ? and session_id is not distinct from ? and scopes @> ?
            """,
            row -> row.text("id"),
            consent.person().issuer(),
            consent.person().subject(),
            consent.agentClient(),
            consent.appId(),
            consent.sessionId(),
            array(consent.scopes()))
        .isPresent();
  }

  void give(Consent consent) {
    String id =
        sql.first(
                """
                insert into connection_consent (id, issuer, subject, agent_client, app_id,
                  session_id, scopes, at)
                values (?, ?, ?, ?, ?, ?, ?, ?)
                on conflict (issuer, subject, agent_client, app_id, session_id) do update
                  set at = excluded.at, scopes = array(
                    select distinct unnest(connection_consent.scopes || excluded.scopes) order by 1)
                returning id
                """,
                row -> row.text("id"),
                RandomTokens.id("cns_"),
                consent.person().issuer(),
                consent.person().subject(),
                consent.agentClient(),
                consent.appId(),
                consent.sessionId(),
                array(consent.scopes()),
                clock.instant())
            .orElseThrow();
    audit.record(
        AuditEntry.success(AuditEventName.CONNECTION_CONSENTED)
            .on("consent", id, named(consent.agentClient()))
            .ofApp(consent.appId())
            .with("issuer", consent.person().issuer())
            .with("subject", consent.person().subject())
            .with("scopes", String.join(" ", consent.scopes().stream().sorted().toList())));
  }

  /// Takes one back; answers whose it was.
  Optional<Person> withdraw(String id) {
    return sql.first(
        "delete from connection_consent where id = ? returning *",
        row -> {
          Person person = new Person(row.text("issuer"), row.text("subject"));
          String client = row.text("agent_client");
          audit.record(
              AuditEntry.success(AuditEventName.CONNECTION_CONSENT_WITHDRAWN)
                  .on("consent", id, named(client))
                  .ofApp(row.text("app_id"))
                  .with("issuer", person.issuer())
                  .with("subject", person.subject()));
          return person;
        },
        id);
  }

  private static String named(String client) {
    return client.isEmpty() ? "unnamed" : client;
  }

  private static String[] array(Set<String> scopes) {
    return scopes.stream().sorted().toArray(String[]::new);
  }
}
