package dev.sallyport.gateway;

import dev.sallyport.appauth.Refusals;
import dev.sallyport.appauth.Trust;
import dev.sallyport.appauth.TrustChanged;
import dev.sallyport.appauth.verification.OwnIssuers;
import dev.sallyport.apps.HealthBoard;
import dev.sallyport.appsessions.AppEntry;
import dev.sallyport.appsessions.SessionCache;
import dev.sallyport.cluster.ChangeFeed;
import dev.sallyport.cluster.DatabaseReady;
import dev.sallyport.config.Settings;
import dev.sallyport.connections.UpstreamCredentials;
import dev.sallyport.connections.clients.ClientDocument;
import dev.sallyport.connections.flow.HandedSessions;
import dev.sallyport.connections.tls.AppTls;
import dev.sallyport.crypto.DeterministicBox;
import dev.sallyport.gateway.checks.HealthChecks;
import dev.sallyport.gateway.entry.AssertionSigner;
import dev.sallyport.gateway.entry.ColdPool;
import dev.sallyport.gateway.entry.ColdPools;
import dev.sallyport.gateway.entry.Provisioner;
import dev.sallyport.gateway.exchange.Answers;
import dev.sallyport.gateway.relay.Egress;
import dev.sallyport.gateway.relay.Relay;
import dev.sallyport.gateway.routes.Pools;
import dev.sallyport.gateway.routes.Routes;
import dev.sallyport.gateway.tls.HttpsEntrance;
import dev.sallyport.gateway.waiting.WaitingStreams;
import dev.sallyport.http.ClientAddress;
import dev.sallyport.http.GuardedResolver;
import dev.sallyport.http.OutboundHttp;
import dev.sallyport.http.RequestHost;
import dev.sallyport.jose.JwtSigner;
import dev.sallyport.keyring.KeyPurpose;
import dev.sallyport.keyring.KeyRing;
import dev.sallyport.keyring.RingView;
import dev.sallyport.keyring.SigningKeys;
import dev.sallyport.launch.AppCookies;
import dev.sallyport.launch.AppSignIns;
import dev.sallyport.ratelimit.RequestLimits;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Opens the door when everything behind it stands; when it is closed, takes down what it had put
/// there.
@ApplicationScoped
public class DoorKeeper {
  @Inject Settings settings;
  @Inject Clock clock;
  @Inject ChangeFeed feed;
  @Inject Trust trust;
  @Inject SessionCache sessions;
  @Inject AppEntry entry;
  @Inject AppSignIns signIns;
  @Inject AppCookies cookies;
  @Inject KeyRing keyRing;
  @Inject SigningKeys keys;
  @Inject RequestLimits limits;
  @Inject ClientAddress clientAddress;
  @Inject GuardedResolver resolver;
  @Inject StreamGuard streams;
  @Inject UpstreamCredentials credentials;
  @Inject AppTls tls;
  @Inject ClientDocument clientDocument;
  @Inject HealthBoard board;
  @Inject Refusals refusals;
  @Inject HandedSessions handed;
  @Inject OutboundHttp http;
  @Inject WaitingStreams waiting;
  @Inject HttpsEntrance https;

  // Each upstream asks for its own name at most once at a time: names that hang hold up few others.
  private final ColdPool resolution = new ColdPool("sallyport-resolve", 32, 512);
  private ColdPools pools;
  private volatile @Nullable Routes routes;
  private @Nullable HealthChecks checks;
  private @Nullable StopSignals signals;
  private final AtomicInteger running = new AtomicInteger();
  private DoorClosing closing;

  @PostConstruct
  void prepare() {
    pools = ColdPools.of(settings.gateway().places().entry());
    Settings.GatewaySettings gateway = settings.gateway();
    DoorClosing.Times times = new DoorClosing.Times(gateway.notice(), gateway.drain());
    closing = new DoorClosing(times, sessions, running, Door::move);
  }

  void open(@Observes @Priority(DatabaseReady.DOOR) DatabaseReady ready) {
    Egress egress = wiring().egress();
    HealthChecks started = new HealthChecks(egress);
    checks = started;
    Routes opened =
        new Routes(
            settings.publicBase(),
            new Routes.ProvisionSources(credentials, tls),
            new Pools(egress, clock, board, started));
    // First: what changes while it is filled must be heard.
    routes = opened;
    opened.update(trust::current);
    Gateway gateway = gateway(opened);
    WellKnown wellKnown = new WellKnown(gateway, clientDocument);
    AppHandler apps = new AppHandler(gateway);
    Door.CURRENT.set(
        new Door.OpenDoor(
            gateway,
            new AppDoor(gateway, apps),
            new SiteHandler(gateway, apps, cookies),
            wellKnown,
            DoorState.OPEN));
    https.open(GatewayExtension::serve);
    signals = StopSignals.intercept(closing::leave);
  }

  private RelayWiring wiring() {
    return new RelayWiring(settings, resolver, resolution::execute);
  }

  private Gateway gateway(Routes opened) {
    return new Gateway(
        settings,
        clock,
        feed.lease(),
        opened,
        new Relay(wiring().settings()),
        sessions.unproxied(),
        entry,
        signIns,
        new Provisioner(credentials, assertions(), clock),
        mcpSessions(),
        limits,
        clientAddress,
        new RequestHost(settings.publicUrl()),
        refusals,
        waiting,
        new Answers(settings.publicBase(), settings.gateway().patience().body()),
        pools,
        running);
  }

  private AssertionSigner assertions() {
    return new AssertionSigner(
        new RingView<>(() -> keys.ring(KeyPurpose.ASSERTIONS), clock, JwtSigner::new),
        OwnIssuers.under(settings.publicBase()).assertions(),
        settings.gateway().assertionLifetime(),
        clock);
  }

  private McpSessions mcpSessions() {
    KeyRing.Key key = keyRing.keys(SessionHeader.KEY_PURPOSE, DeterministicBox::newKey).getFirst();
    SessionHeader header = new SessionHeader(new DeterministicBox(key.material()));
    return new McpSessions(header, new Handover(header, handed, http));
  }

  void changed(@Observes TrustChanged change) {
    Routes known = routes;
    if (known != null) {
      known.update(trust::current);
      streams.recheck(change.snapshot());
    }
  }

  @PreDestroy
  void close() {
    if (signals != null) {
      signals.release();
    }
    if (checks != null) {
      checks.close();
    }
    closing.close();
    if (routes != null) {
      routes.close();
    }
    https.close();
    pools.close();
    resolution.close();
  }
}
