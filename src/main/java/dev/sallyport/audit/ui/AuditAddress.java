package dev.sallyport.audit.ui;

import com.vaadin.flow.router.QueryParameters;
import dev.sallyport.audit.AuditFilter;
import dev.sallyport.audit.FilterInput;
import dev.sallyport.problem.FieldErrors;
import dev.sallyport.problem.FieldProblem;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The filter of the audit in the address of the page, so that it can be sent to others.
final class AuditAddress {
  private AuditAddress() {}

  // An address that somebody typed is no reason for an error page: what is wrong is left out.
  static AuditFilter read(QueryParameters query) {
    Map<String, List<String>> parameters = new HashMap<>(query.getParameters());
    FieldErrors errors = new FieldErrors();
    AuditFilter filter = FilterInput.read(parameters, errors);
    if (errors.isEmpty()) {
      return filter;
    }
    errors.list().stream().map(FieldProblem::field).forEach(parameters::remove);
    return FilterInput.read(parameters, new FieldErrors());
  }

  static QueryParameters write(AuditFilter filter) {
    return new QueryParameters(filter.query());
  }

  /// A saved filter's text, read again.
  static AuditFilter read(String query) {
    return read(QueryParameters.fromString(query));
  }
}
