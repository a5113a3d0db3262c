package dev.sallyport.api;

import dev.sallyport.authz.CallContext;
import dev.sallyport.persistence.Json;
import dev.sallyport.persistence.SqlFailedException;
import dev.sallyport.problem.ProblemType;
import dev.sallyport.problem.SallyportException;
import jakarta.ejb.EJBException;
import jakarta.persistence.OptimisticLockException;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.sql.SQLException;
import java.util.List;
import org.hibernate.exception.ConstraintViolationException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Turns whatever a REST call threw into a problem. What was not foreseen is logged once, here,
/// with the request id; the caller gets a fixed sentence.
@Provider
public class ProblemMapper implements ExceptionMapper<Throwable> {
  private static final Logger LOG = Logger.getLogger(ProblemMapper.class);
  private static final String UNIQUE_VIOLATION = "23505";

  @Override
  public Response toResponse(Throwable thrown) {
    String requestId = CallContext.current().requestId();
    SallyportException refusal = refusalIn(thrown);
    if (refusal == null) {
      LOG.errorf(thrown, "request %s failed", requestId);
      refusal = new SallyportException(ProblemType.INTERNAL, ProblemType.INTERNAL.cause());
    }
    var response = response(refusal, requestId);
    if (thrown instanceof NotAllowedException refused) {
      // RFC 9110 section 15.5.6: 405 comes with the methods that are taken.
      response.header("Allow", String.join(", ", allowed(refused.getResponse())));
    }
    return response.build();
  }

  private static Response.ResponseBuilder response(SallyportException refusal, String requestId) {
    ProblemType type = refusal.type();
    var builder =
        Response.status(type.status())
            .type(Problem.MEDIA_TYPE)
            .entity(Json.write(Problem.of(type, refusal.detail(), requestId, refusal.errors())));
    if (type == ProblemType.UNAUTHENTICATED) {
      builder.header("WWW-Authenticate", "Bearer realm=\"sallyport\"");
    }
    refusal.retryAfterSeconds().ifPresent(seconds -> builder.header("Retry-After", seconds));
    return builder;
  }

  private static @Nullable SallyportException refusalIn(@Nullable Throwable thrown) {
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      SallyportException known = known(t);
      if (known != null) {
        return known;
      }
      if (!(t instanceof EJBException) && !(t instanceof RuntimeException)) {
        return null;
      }
    }
    return null;
  }

  private static @Nullable SallyportException known(Throwable thrown) {
    return switch (thrown) {
      case SallyportException refusal -> refusal;
      case OptimisticLockException _ ->
          new SallyportException(
              ProblemType.REVISION_DIFFERS, "It was changed since you read it; read it again.");
      case SqlFailedException sql when sql.isOutOfReach() ->
          new SallyportException(ProblemType.NOT_CURRENT, "The database is out of reach.");
      case ConstraintViolationException unique when "23505".equals(unique.getSQLState()) ->
          new SallyportException(
              ProblemType.NAME_TAKEN, "Somebody took this name at the same moment.");
      // Two that came at once both found the name free; the unique index let one of them have it.
      case SQLException sql when UNIQUE_VIOLATION.equals(sql.getSQLState()) ->
          new SallyportException(ProblemType.NAME_TAKEN, "Somebody took this name just now.");
      case WebApplicationException web -> ofStatus(web.getResponse());
      default -> null;
    };
  }

  private static @Nullable SallyportException ofStatus(Response response) {
    return switch (response.getStatus()) {
      case 404 -> new SallyportException(ProblemType.NOT_FOUND, "There is no such path.");
      case 405 ->
          new SallyportException(
              ProblemType.METHOD_NOT_ALLOWED,
              "This path takes " + String.join(", ", allowed(response)) + ".");
      case 406 ->
          new SallyportException(ProblemType.NOT_ACCEPTABLE, ProblemType.NOT_ACCEPTABLE.cause());
      case 415 ->
          new SallyportException(
              ProblemType.UNSUPPORTED_MEDIA_TYPE, ProblemType.UNSUPPORTED_MEDIA_TYPE.cause());
      case 400 ->
          new SallyportException(
              ProblemType.BAD_REQUEST, "A parameter or the body can't be understood.");
      default -> null;
    };
  }

  private static List<String> allowed(Response response) {
    return response.getAllowedMethods().stream().sorted().toList();
  }
}
