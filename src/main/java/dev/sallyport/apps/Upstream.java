package dev.sallyport.apps;

import dev.sallyport.crypto.RandomTokens;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One address of an app; lives and dies with it.
@Entity
@Table(name = "upstream")
class Upstream {
  @Id String id;

  @Column(name = "app_id")
  String appId;

  @Column String name;
  @Column String url;
  @Column int position;

  @Column(name = "reported_by")
  @Nullable String reportedBy;

  @Column(name = "leased_until")
  @Nullable Instant leasedUntil;

  protected Upstream() {}

  Upstream(String appId, String name, String url, int position) {
    this.id = RandomTokens.id("up_");
    this.appId = appId;
    this.name = name;
    this.url = url;
    this.position = position;
  }

  void move(String newUrl, int newPosition) {
    this.url = newUrl;
    this.position = newPosition;
  }

  void lease(String reporter, Instant until) {
    this.reportedBy = reporter;
    this.leasedUntil = until;
  }

  /// An admin has taken it over.
  void configured() {
    this.reportedBy = null;
    this.leasedUntil = null;
  }

  AppDetails.@Nullable Lease lease() {
    return reportedBy == null || leasedUntil == null
        ? null
        : new AppDetails.Lease(reportedBy, leasedUntil);
  }

  AppDetails.UpstreamDetails details() {
    return new AppDetails.UpstreamDetails(id, name, url, null, null);
  }
}
