package dev.sallyport.ratelimit;

/// What is counted. The key beside it is the client's address group, or the API key's id.
public enum LimitKind {
  REFUSED_TOKEN,
  /// Tokens at apps that are not there, or must look so.
  ABSENT_APP,
  REFUSED_COOKIE,
  TOKENLESS,
  BOOTSTRAP,
  SIGN_IN,
  BACK_CHANNEL_LOGOUT,
  REFUSED_LOGOUT,
  OIDC_LOGIN,
  OIDC_CALLBACK,
  CONNECT,
  LAUNCH,
  API_KEY,
  PUBLIC
}
