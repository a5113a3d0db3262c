package dev.sallyport.appauth;

/// Knows audiences whose tokens mean something else than opening apps; no config may take them.
/// Implementations are CDI beans of other features.
public interface ReservedAudiences {
  /// The lock to hold while an audience is given to a config, or reserved.
  String LOCK = "audiences";

  boolean isReserved(String audience);
}
