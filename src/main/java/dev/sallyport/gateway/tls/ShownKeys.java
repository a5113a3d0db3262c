package dev.sallyport.gateway.tls;

import dev.sallyport.crypto.TlsIdentity;
import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Map;
import java.util.Objects;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/// Gives each handshake the newest identity. The one before it stays at hand: a handshake that has
/// chosen it asks for its parts one by one.
final class ShownKeys extends X509ExtendedKeyManager {
  private volatile Map<String, TlsIdentity> byAlias;
  private volatile String newest;
  private int count;

  ShownKeys(TlsIdentity first) {
    newest = "0";
    byAlias = Map.of(newest, first);
  }

  synchronized void show(TlsIdentity next) {
    String alias = String.valueOf(++count);
    byAlias = Map.of(newest, newest(), alias, next);
    newest = alias;
  }

  synchronized TlsIdentity newest() {
    return Objects.requireNonNull(byAlias.get(newest));
  }

  @Override
  public @Nullable String chooseEngineServerAlias(
      String keyType, Principal @Nullable [] issuers, SSLEngine engine) {
    String alias = newest;
    TlsIdentity identity = byAlias.get(alias);
    return identity != null && identity.key().getAlgorithm().equals(keyType) ? alias : null;
  }

  @Override
  public X509Certificate @Nullable [] getCertificateChain(String alias) {
    TlsIdentity identity = byAlias.get(alias);
    return identity == null ? null : identity.chain().toArray(X509Certificate[]::new);
  }

  @Override
  public @Nullable PrivateKey getPrivateKey(String alias) {
    TlsIdentity identity = byAlias.get(alias);
    return identity == null ? null : identity.key();
  }

  @Override
  public String[] getServerAliases(String keyType, Principal @Nullable [] issuers) {
    return new String[] {newest};
  }

  @Override
  public @Nullable String chooseServerAlias(
      String keyType, Principal @Nullable [] issuers, Socket socket) {
    return null;
  }

  @Override
  public String[] getClientAliases(String keyType, Principal @Nullable [] issuers) {
    return new String[0];
  }

  @Override
  public @Nullable String chooseClientAlias(
      String[] keyType, Principal @Nullable [] issuers, Socket socket) {
    return null;
  }
}
