package dev.sallyport.connections.grants;

import dev.sallyport.appsessions.SessionCache;
import dev.sallyport.audit.AuditEntry;
import dev.sallyport.audit.AuditLog;
import dev.sallyport.cluster.Change;
import dev.sallyport.cluster.Changes;
import dev.sallyport.connections.clients.OAuthClient;
import dev.sallyport.connections.clients.OAuthClients;
import dev.sallyport.connections.remote.AuthorizationServer;
import dev.sallyport.connections.remote.RemoteDiscovery;
import dev.sallyport.crypto.Secret;
import dev.sallyport.crypto.Vault;
import dev.sallyport.http.OutboundFixture;
import dev.sallyport.persistence.TestTransactions;
import dev.sallyport.problem.ProblemType;
import dev.sallyport.problem.SallyportException;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/// One node's vault: its beans, with connections of their own to the running server's database.
final class GrantNode {
  private static final String KEY = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";

  final Grants grants = new Grants();
  final GrantEnding ending = new GrantEnding();
  final IssuerRevocation revocation = new IssuerRevocation();
  final GrantRecords records = new Records();
  final RefreshLog log = new RefreshLog();
  final List<AuditEntry> audited = new CopyOnWriteArrayList<>();
  final List<OAuthClient> forgotten = new CopyOnWriteArrayList<>();
  private final AtomicInteger failingSaves = new AtomicInteger();
  private final AtomicBoolean failsDiscovery = new AtomicBoolean();
  private final TestTransactions transactions;

  /// What the node knows of the world around it.
  record World(AuthorizationServer server, OAuthClient client) {}

  GrantNode(TestTransactions transactions, Clock clock, World world) {
    this(transactions, clock, world, KEY);
  }

  /// One that has these master keys.
  GrantNode(TestTransactions transactions, Clock clock, World world, String masterKeys) {
    this.transactions = transactions;
    GrantStore store = new GrantStore();
    store.sql = transactions.sql();
    store.vault = new Vault(new Secret(masterKeys));
    GrantWriter writer = new GrantWriter();
    writer.sql = store.sql;
    writer.vault = store.vault;
    writer.store = store;
    TokenCalls calls = new TokenCalls();
    calls.http = OutboundFixture.toLoopback();
    ending.sql = store.sql;
    ending.clock = clock;
    ending.audit = new Audit();
    ending.changes = new GrantChanges();
    ending.changes.changes = new Told();
    ending.changes.sessions = new SessionCache();
    records.writer = writer;
    records.store = store;
    records.ending = ending;
    records.clock = clock;
    Refresh refresh = new Refresh();
    refresh.sql = store.sql;
    refresh.clock = clock;
    refresh.store = store;
    refresh.records = records;
    refresh.calls = calls;
    refresh.log = log;
    refresh.discovery = new Discovery(world);
    refresh.clients = new Clients(world);
    GrantFlights flights = new GrantFlights();
    flights.refresh = refresh;
    flights.clock = clock;
    wireGrants(store, writer, records, flights, clock);
    revocation.sql = store.sql;
    revocation.clock = clock;
    revocation.store = store;
    revocation.calls = calls;
    revocation.discovery = refresh.discovery;
    revocation.clients = refresh.clients;
  }

  private void wireGrants(
      GrantStore store,
      GrantWriter writer,
      GrantRecords records,
      GrantFlights flights,
      Clock clock) {
    grants.store = store;
    grants.writer = writer;
    grants.records = records;
    grants.flights = flights;
    grants.changes = ending.changes;
    grants.audit = ending.audit;
    grants.log = log;
    grants.clock = clock;
    grants.consents = new Consents();
    grants.consents.sql = store.sql;
    grants.consents.clock = clock;
    grants.consents.audit = ending.audit;
    grants.ending = ending;
  }

  <T> T inTransaction(Supplier<T> work) {
    return transactions.requiresNew(work);
  }

  /// Lets the next saves of refreshed tokens fail.
  void failNextSaves(int count) {
    failingSaves.set(count);
  }

  /// Lets nobody find the authorization server.
  void failDiscovery() {
    failsDiscovery.set(true);
  }

  private final class Refresh extends GrantRefresh {
    @Override
    public Optional<GrantToken> once(String id, Wish wish) {
      return transactions.requiresNew(() -> super.once(id, wish));
    }
  }

  private final class Records extends GrantRecords {
    @Override
    public void sending(StoredGrant grant) {
      transactions.requiresNew(
          () -> {
            super.sending(grant);
            return true;
          });
    }

    @Override
    public GrantToken refreshed(StoredGrant grant, Tokens tokens) {
      if (failingSaves.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
        throw new IllegalStateException("the database stumbles");
      }
      return transactions.requiresNew(() -> super.refreshed(grant, tokens));
    }

    @Override
    public GrantToken failed(StoredGrant grant, GrantWriter.Failure failure) {
      return transactions.requiresNew(() -> super.failed(grant, failure));
    }

    @Override
    public GrantToken over(StoredGrant grant, GrantEnd reason) {
      return transactions.requiresNew(() -> super.over(grant, reason));
    }
  }

  private final class Audit extends AuditLog {
    @Override
    public void record(AuditEntry entry) {
      audited.add(entry);
    }
  }

  private static final class Told extends Changes {
    @Override
    public void tell(Change.Kind kind, Collection<String> refs) {
      // other nodes of the test keep nothing in memory
    }
  }

  private final class Discovery extends RemoteDiscovery {
    private final World world;

    Discovery(World world) {
      this.world = world;
    }

    @Override
    public AuthorizationServer server(String issuer) {
      if (failsDiscovery.get()) {
        throw new SallyportException(ProblemType.CONNECTION_DISCOVERY_FAILED, "It is not found.");
      }
      return world.server();
    }
  }

  private final class Clients extends OAuthClients {
    private final World world;

    Clients(World world) {
      this.world = world;
    }

    @Override
    public Optional<OAuthClient> byId(String id) {
      return Optional.of(world.client()).filter(client -> client.id().equals(id));
    }

    @Override
    public void forgotten(OAuthClient client) {
      forgotten.add(client);
      ending.endOfClient(client.id());
    }
  }
}
