package dev.sallyport.issuers;

import dev.sallyport.audit.AuditEntry;
import dev.sallyport.audit.AuditEventName;
import dev.sallyport.audit.AuditLog;
import dev.sallyport.authz.Access;
import dev.sallyport.authz.NoPermissionNeeded;
import dev.sallyport.authz.Permission;
import dev.sallyport.authz.RequiresPermission;
import dev.sallyport.cluster.Change;
import dev.sallyport.cluster.Changes;
import dev.sallyport.persistence.Revisions;
import dev.sallyport.persistence.Sql;
import dev.sallyport.problem.FieldErrors;
import dev.sallyport.problem.ProblemType;
import dev.sallyport.problem.SallyportException;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// Keeps the issuers. Creating one or changing its keys is a matter of trust and needs a permission
/// of its own.
@Stateless
public class IssuerService {
  @PersistenceContext EntityManager em;
  @Inject Sql sql;
  @Inject Clock clock;
  @Inject AuditLog audit;
  @Inject Changes changes;
  @Inject Access access;

  @RequiresPermission(Permission.ISSUER_READ)
  public List<IssuerDetails> list() {
    return all();
  }

  @NoPermissionNeeded("Verification needs every issuer; no actor sees them.")
  public List<IssuerDetails> all() {
    return em.createQuery("select i from Issuer i order by i.iss", Issuer.class)
        .getResultStream()
        .map(Issuer::details)
        .toList();
  }

  @RequiresPermission(Permission.ISSUER_READ)
  public IssuerDetails get(String id) {
    return find(id).details();
  }

  @RequiresPermission(Permission.ISSUER_EDIT)
  public IssuerDetails create(IssuerInput input) {
    check(input, "");
    Optional<Issuer> known = byIss(String.valueOf(input.issuer()));
    if (known.isPresent()) {
      throw new SallyportException(
          ProblemType.NAME_TAKEN, "This issuer is known already: " + known.get().id + ".");
    }
    return store(input);
  }

  /// The issuer that a config names: the known one, if its keys are the same or not given, else a
  /// new one, for which the actor needs the permission to edit issuers.
  @RequiresPermission(value = Permission.APP_AUTH_CONFIG_EDIT, scoped = true)
  public IssuerDetails resolve(IssuerInput input, String prefix) {
    Optional<Issuer> known = byIss(String.valueOf(input.issuer()));
    if (known.isEmpty()) {
      access.require(Permission.ISSUER_EDIT);
      check(input, prefix);
      return store(input);
    }
    if (!known.get().hasKeysOf(input)) {
      throw new SallyportException(
          ProblemType.ISSUER_KEYS_DIFFER,
          "The issuer "
              + input.issuer()
              + " is known with other keys; leave them out, or change it.");
    }
    requireSubject(known.get(), input, prefix);
    return known.get().details();
  }

  /// The issuer that a sign-in provider names: the known one, if its keys are the same or not
  /// given, else a new one, whose keys are at `jwksUrl` unless the input says where.
  @NoPermissionNeeded("The caller's service has checked; a new issuer asks for issuer.edit.")
  public IssuerDetails named(IssuerInput input, String jwksUrl) {
    boolean isKnown = byIss(String.valueOf(input.issuer())).isPresent();
    String keys = isKnown || input.jwksUrl() != null ? input.jwksUrl() : jwksUrl;
    return resolve(new IssuerInput(input.issuer(), keys, null, null, null), "");
  }

  /// The issuer that a draft names, without storing anything.
  @RequiresPermission(value = Permission.APP_AUTH_CONFIG_TEST, scoped = true)
  public IssuerDetails draft(IssuerInput input, String prefix) {
    Optional<Issuer> known = byIss(String.valueOf(input.issuer()));
    if (known.isPresent() && known.get().hasKeysOf(input)) {
      requireSubject(known.get(), input, prefix);
      return known.get().details();
    }
    check(input, prefix);
    return new Issuer(input, clock.instant()).details();
  }

  @RequiresPermission(Permission.ISSUER_EDIT)
  public IssuerDetails update(String id, long revision, IssuerInput input) {
    Issuer issuer = find(id);
    Revisions.check(issuer.revision, revision);
    check(input, "");
    if (!issuer.iss.equals(input.issuer())) {
      throw SallyportException.invalid("issuer", "names the issuer and can't be changed.");
    }
    requireTrusted(issuer, input);
    issuer.apply(input, clock.instant());
    return told(AuditEventName.ISSUER_CHANGED, issuer);
  }

  /// Where people sign in by an issuer, or workloads come from it, its keys and its subject decide
  /// who is who: whoever changes them could become anybody.
  private void requireTrusted(Issuer issuer, IssuerInput input) {
    String claim = Objects.requireNonNullElse(input.subjectClaim(), "sub");
    boolean isOther = !issuer.hasKeysOf(input) || !issuer.subjectClaim.equals(claim);
    if (isOther && (isUsed("oidc_provider", issuer.id) || isUsed("workload_rule", issuer.id))) {
      access.requireEverything();
    }
  }

  @RequiresPermission(Permission.ISSUER_EDIT)
  public void delete(String id, long revision) {
    Issuer issuer = find(id);
    Revisions.check(issuer.revision, revision);
    if (isUsed("app_auth_config", id)) {
      throw new SallyportException(
          ProblemType.ISSUER_IN_USE, "Configs trust this issuer; delete them first.");
    }
    if (isUsed("oidc_provider", id)) {
      throw new SallyportException(
          ProblemType.ISSUER_IN_USE, "A sign-in provider is of this issuer; delete it first.");
    }
    if (isUsed("workload_rule", id)) {
      throw new SallyportException(
          ProblemType.ISSUER_IN_USE, "Workload rules are about this issuer; delete them first.");
    }
    told(AuditEventName.ISSUER_DELETED, issuer);
    em.remove(issuer);
  }

  private boolean isUsed(String table, String id) {
    return sql.first("select id from " + table + " where issuer_id = ?", row -> row.text("id"), id)
        .isPresent();
  }

  private static void requireSubject(Issuer known, IssuerInput input, String prefix) {
    if (!known.hasSubjectOf(input)) {
      throw SallyportException.invalid(
          prefix + "subjectClaim",
          "is "
              + known.subjectClaim
              + " at this known issuer; leave it out, or change the issuer.");
    }
  }

  private static void check(IssuerInput input, String prefix) {
    var errors = new FieldErrors();
    IssuerCheck.check(input, prefix, errors);
    errors.throwIfAny();
  }

  private IssuerDetails store(IssuerInput input) {
    Issuer issuer = new Issuer(input, clock.instant());
    em.persist(issuer);
    return told(AuditEventName.ISSUER_CREATED, issuer);
  }

  private IssuerDetails told(AuditEventName event, Issuer issuer) {
    em.flush();
    changes.tell(Change.Kind.ISSUER, List.of(issuer.id));
    audit.record(
        AuditEntry.success(event)
            .on("issuer", issuer.id, issuer.iss)
            .with("jwksUrl", issuer.jwksUrl)
            .with("staticJwks", issuer.staticJwks == null ? null : "set"));
    return issuer.details();
  }

  private Issuer find(String id) {
    Issuer issuer = em.find(Issuer.class, id);
    if (issuer == null) {
      throw new SallyportException(ProblemType.NOT_FOUND, "There is no issuer " + id + ".");
    }
    return issuer;
  }

  private Optional<Issuer> byIss(String iss) {
    return em.createQuery("select i from Issuer i where i.iss = :iss", Issuer.class)
        .setParameter("iss", iss)
        .getResultStream()
        .findFirst();
  }
}
