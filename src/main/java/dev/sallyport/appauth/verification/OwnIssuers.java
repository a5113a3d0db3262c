package dev.sallyport.appauth.verification;

/// The issuers of this gateway's own tokens. Its assertions open apps only through `viaApps`; its
/// REST tokens never do.
public record OwnIssuers(String assertions, String api) {
  /// The issuers under a public URL.
  public static OwnIssuers under(String publicUrl) {
    String base =
        publicUrl.endsWith("/") ? publicUrl.substring(0, publicUrl.length() - 1) : publicUrl;
    return new OwnIssuers(base + "/assertions", base + "/api");
  }
}
