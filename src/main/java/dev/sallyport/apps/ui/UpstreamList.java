package dev.sallyport.apps.ui;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import dev.sallyport.apps.AppDetails;
import dev.sallyport.apps.UpstreamHealth;
import dev.sallyport.console.Status;
import dev.sallyport.console.TimeText;
import java.time.Instant;

/// The upstreams of an app and how each is, as this node sees it.
final class UpstreamList extends UnorderedList {
  UpstreamList(AppDetails app, Instant now) {
    addClassName("sp-plain-list");
    app.upstreams().forEach(upstream -> add(item(upstream, now)));
  }

  private static ListItem item(AppDetails.UpstreamDetails upstream, Instant now) {
    ListItem item = new ListItem(new Span(upstream.name() + "  " + upstream.url() + "  "));
    AppDetails.Lease lease = upstream.lease();
    if (lease != null) {
      Div reported = new Div(new Span("Reported by " + lease.reportedBy() + ", leased until "));
      reported.add(new TimeText(lease.until(), now));
      reported.addClassName("sp-group-help");
      item.add(reported);
    }
    UpstreamHealth health = upstream.health();
    if (health == null) {
      item.add(new Status(Status.Tone.OFF, "Left out: no call goes there"));
      return item;
    }
    Div more = new Div(new Span("Since "), new TimeText(health.since(), now));
    more.addClassName("sp-group-help");
    UpstreamHealth.LastError error = health.lastError();
    if (error != null) {
      more.add(new Span(". Last error: " + error.detail() + ", "), new TimeText(error.at(), now));
    }
    item.add(status(health.state()), more);
    return item;
  }

  private static Status status(String code) {
    return switch (UpstreamHealth.State.of(code)) {
      case HEALTHY -> new Status(Status.Tone.GOOD, "Healthy");
      case WARMING -> new Status(Status.Tone.NEUTRAL, "Coming back: gets more calls step by step");
      case FAILING ->
          new Status(
              Status.Tone.WARNING, "Failing: calls go to other upstreams while there are any");
      case DOWN -> new Status(Status.Tone.BAD, "Down: no call goes there until it can be reached");
    };
  }
}
