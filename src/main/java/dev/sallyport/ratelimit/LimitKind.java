package dev.sallyport.ratelimit;

/// What is counted. The key beside it is the client's address group, or the API key's id.
public enum LimitKind {
  REFUSED_TOKEN,
  TOKENLESS,
  BOOTSTRAP,
  SIGN_IN,
  API_KEY,
  PUBLIC
}
