package dev.sallyport.apps;

import dev.sallyport.crypto.RandomTokens;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

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

  AppDetails.UpstreamDetails details() {
    return new AppDetails.UpstreamDetails(id, name, url, null);
  }
}
