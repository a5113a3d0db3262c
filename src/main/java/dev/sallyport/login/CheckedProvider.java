package dev.sallyport.login;

import java.util.List;

/// An input that is right, with every default filled in.
record CheckedProvider(
    String name,
    String issuer,
    String clientId,
    List<String> scopes,
    String groupsClaim,
    boolean userinfoFallback,
    List<String> allowedEmailDomains,
    int iatWindowSeconds,
    boolean requireAtHash,
    List<String> logoutClients,
    String logoutEnds,
    boolean endConnectionsOnLogout,
    boolean selfService,
    boolean enabled) {}
