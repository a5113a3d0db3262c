package dev.sallyport.consolesessions;

import dev.sallyport.authz.NeedsCredential;
import dev.sallyport.authz.PublicEndpoint;
import dev.sallyport.persistence.Cursor;
import dev.sallyport.persistence.Page;
import dev.sallyport.problem.FieldErrors;
import dev.sallyport.problem.SallyportException;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import org.jspecify.annotations.Nullable;

/// `/auth/sessions`.
@Path("auth/sessions")
@RequestScoped
public class ConsoleSessionsResource {
  @Inject ConsoleSessionService sessions;

  /// How many sessions were ended.
  public record EndedSessions(int ended) {}

  @GET
  @NeedsCredential
  @PublicEndpoint("Lists the caller's own; the service requires auth.session.list.all for others'.")
  public Page<ConsoleSessionDetails> list(
      @QueryParam("actor") @Nullable String actor,
      @QueryParam("all") @Nullable String all,
      @QueryParam("after") @Nullable String after,
      @QueryParam("limit") @Nullable String limit) {
    var errors = new FieldErrors();
    errors.addIf(
        all != null && !all.equals("true") && !all.equals("false"),
        "all",
        "must be true or false.");
    errors.addIf(limit != null && !isLimit(limit), "limit", "must be 1 to 200.");
    errors.throwIfAny();
    Cursor start = Cursor.decode(after, 2);
    int count = limit == null ? 50 : Integer.parseInt(limit);
    return actor == null && !"true".equals(all)
        ? sessions.own(start, count)
        : sessions.all(actor, start, count);
  }

  private static boolean isLimit(String text) {
    return text.matches("[1-9][0-9]?|1[0-9][0-9]|200");
  }

  @DELETE
  @Path("{id}")
  @NeedsCredential
  @PublicEndpoint("Ends the caller's own; the service requires auth.session.revoke for others'.")
  public void end(@PathParam("id") String id) {
    sessions.end(id);
  }

  @DELETE
  @NeedsCredential
  @PublicEndpoint("Ends the caller's own alone; the service refuses anonymous callers.")
  public EndedSessions endOthers(@QueryParam("except") @Nullable String except) {
    if (!"current".equals(except)) {
      throw SallyportException.invalid("except", "must be current.");
    }
    return new EndedSessions(sessions.endOthers());
  }
}
