package dev.sallyport.workloads;

import dev.sallyport.appauth.ReservedAudiences;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/// An audience of a rule must open no app.
@ApplicationScoped
public class WorkloadReservations implements ReservedAudiences {
  @Inject WorkloadRuleStore store;

  @Override
  public boolean isReserved(String audience) {
    return store.hasAudience(audience);
  }
}
