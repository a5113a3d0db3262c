package dev.sallyport.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/// Who may touch ciphers, the network and the environment.
class SecurityTest {
  private static final Set<String> PRIMITIVES =
      Set.of(
          "java.security.MessageDigest",
          "java.security.Signature",
          "java.security.KeyPairGenerator",
          "java.security.KeyFactory",
          "java.security.SecureRandom",
          "java.util.Random",
          "java.util.SplittableRandom",
          "java.util.concurrent.ThreadLocalRandom");

  // The door hashes tokens with digests that it got from crypto, one per thread.
  private static final String DOOR = "dev.sallyport.gateway.AppHandler";
  // Spreads calls over upstreams; nobody gains by guessing which.
  private static final String SPREAD = "dev.sallyport.gateway.routes.Choice";

  @Test
  void cryptoPrimitivesStayInCrypto() {
    noClasses()
        .that(are("outside of crypto and jose", type -> !Project.isIn(type, "crypto", "jose")))
        .and(are("not on the list", type -> !Set.of(DOOR, SPREAD).contains(type.getName())))
        .should()
        .dependOnClassesThat(are("primitives", SecurityTest::isPrimitive))
        .orShould()
        .callMethodWhere(call("is random", c -> isCall(c, "java.util.UUID", "randomUUID")))
        .orShould()
        .callMethodWhere(call("is random", c -> isCall(c, "java.lang.Math", "random")))
        .check(Project.CLASSES);
  }

  @Test
  void listedClassesTakeWhatIsListedOnly() {
    noClasses()
        .that()
        .haveFullyQualifiedName(DOOR)
        .should()
        .callMethodWhere(call("makes one", c -> c.getName().equals("getInstance")))
        .orShould()
        .dependOnClassesThat(are("other primitives", isPrimitiveBut("java.security.MessageDigest")))
        .check(Project.CLASSES);
    noClasses()
        .that()
        .haveFullyQualifiedName(SPREAD)
        .should()
        .dependOnClassesThat(
            are("other primitives", isPrimitiveBut("java.util.concurrent.ThreadLocalRandom")))
        .check(Project.CLASSES);
  }

  private static Predicate<JavaClass> isPrimitiveBut(String allowed) {
    return type -> isPrimitive(type) && !type.getName().equals(allowed);
  }

  private static boolean isPrimitive(JavaClass type) {
    String name = type.getName();
    return PRIMITIVES.contains(name)
        || name.startsWith("javax.crypto.")
        || name.startsWith("com.google.crypto.tink.")
        || name.startsWith("com.nimbusds.jose.crypto.");
  }

  /// Signatures are checked in one place. Sign-in and connections build and read the protocol's
  /// messages with the library, but no key of it.
  @Test
  void nimbusStaysInJose() {
    noClasses()
        .that(are("outside of jose", type -> !Project.isIn(type, "jose", "login", "connections")))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.nimbusds..")
        .check(Project.CLASSES);
    noClasses()
        .that(are("of messages", type -> Project.isIn(type, "login", "connections")))
        .should()
        .dependOnClassesThat(
            are(
                "more than messages",
                type ->
                    type.getPackageName().startsWith("com.nimbusds.jose")
                        || type.getPackageName().startsWith("com.nimbusds.jwt.proc")))
        .check(Project.CLASSES);
  }

  /// The library would fetch around our guard.
  @Test
  void nimbusFetchesNothing() {
    noClasses()
        .should()
        .callMethodWhere(
            call(
                "fetches",
                c ->
                    c.getTargetOwner().getName().startsWith("com.nimbusds.")
                        && Set.of("send", "resolve", "toHttpURLConnection").contains(c.getName())))
        .check(Project.CLASSES);
  }

  @Test
  void outboundHttpGoesThroughHttp() {
    noClasses()
        .that(are("outside of http", type -> !Project.isIn(type, "http")))
        .should()
        .dependOnClassesThat(are("an HTTP client", t -> t.getName().startsWith("org.apache.hc.")))
        .check(Project.CLASSES);
  }

  /// Neither knows our guard, nor caps.
  @Test
  void theJdksHttpClientsAreNotUsed() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAPackage("java.net.http..")
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.net.URLConnection")
        .orShould()
        .callMethodWhere(call("opens a URL", c -> isCall(c, "java.net.URL", "openConnection")))
        .orShould()
        .callMethodWhere(call("opens a URL", c -> isCall(c, "java.net.URL", "openStream")))
        .check(Project.CLASSES);
  }

  @Test
  void environmentIsReadOnlyInConfig() {
    noClasses()
        .that(are("outside of config", type -> !Project.isIn(type, "config")))
        .should()
        .callMethodWhere(call("reads the environment", SecurityTest::readsEnvironment))
        .check(Project.CLASSES);
  }

  private static boolean readsEnvironment(JavaMethodCall call) {
    return isCall(call, "java.lang.System", "getenv")
        || isCall(call, "java.lang.System", "getProperty")
        || isCall(call, "java.lang.System", "getProperties")
        || isCall(call, "java.lang.Integer", "getInteger")
        || isCall(call, "java.lang.Long", "getLong")
        || isCall(call, "java.lang.Boolean", "getBoolean");
  }

  /// The console's front end is prebuilt: these would ask for another build.
  @Test
  void viewsAskForNoFrontendBuild() {
    noClasses()
        .should()
        .dependOnClassesThat(
            are(
                "annotations of a front-end build",
                type ->
                    Set.of("CssImport", "NpmPackage", "JsModule", "JavaScript", "Theme")
                            .contains(type.getSimpleName())
                        && type.getPackageName().startsWith("com.vaadin.")))
        .check(Project.CLASSES);
  }

  private static boolean isCall(JavaMethodCall call, String owner, String name) {
    return call.getTargetOwner().getName().equals(owner) && call.getName().equals(name);
  }

  private static DescribedPredicate<JavaMethodCall> call(
      String description, Predicate<JavaMethodCall> predicate) {
    return Project.that("target " + description, predicate);
  }

  private static DescribedPredicate<JavaClass> are(
      String description, Predicate<JavaClass> predicate) {
    return Project.that("are " + description, predicate);
  }
}
