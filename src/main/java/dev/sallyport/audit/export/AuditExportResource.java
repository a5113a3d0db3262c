package dev.sallyport.audit.export;

import dev.sallyport.audit.AuditFilter;
import dev.sallyport.audit.AuditQuery;
import dev.sallyport.authz.Permission;
import dev.sallyport.authz.RequiresPermission;
import dev.sallyport.problem.FieldErrors;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import org.jspecify.annotations.Nullable;

/// `/audit/export`: the rows of at most 366 days as a file.
@Path("audit/export")
@RequestScoped
public class AuditExportResource {
  @Inject AuditExport export;

  @GET
  @Produces(MediaType.WILDCARD)
  @RequiresPermission(value = Permission.AUDIT_EXPORT, scoped = true)
  public Response export(
      @BeanParam AuditQuery query, @QueryParam("format") @Nullable String format) {
    var errors = new FieldErrors();
    AuditFilter filter = query.read(errors);
    ExportRequest request = ExportRequest.of(format, filter, errors);
    StreamingOutput body = out -> export.write(request, out);
    return Response.ok(body, request.format().mediaType())
        .header("Content-Disposition", "attachment; filename=\"" + request.fileName() + "\"")
        .header("Cache-Control", "no-store")
        .build();
  }
}
