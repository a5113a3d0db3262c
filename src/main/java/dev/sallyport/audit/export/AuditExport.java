package dev.sallyport.audit.export;

import dev.sallyport.audit.export.ExportStore.Numbered;
import dev.sallyport.audit.seal.CanonicalRow;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.function.Function;

/// Writes an export, and writes into the audit that it did.
@ApplicationScoped
public class AuditExport {
  @Inject ExportStore store;

  /// Streams the rows. What happens after the first byte can only be told by breaking off.
  public void write(ExportRequest request, OutputStream stream) throws IOException {
    LineOutput out = new LineOutput(stream);
    try {
      writeRows(request, out);
    } catch (IOException e) {
      store.ended(request, out.rows(), "client-gone");
      throw e;
    } catch (RuntimeException e) {
      store.ended(request, out.rows(), "internal");
      throw e;
    }
    store.ended(request, out.rows(), null);
  }

  private void writeRows(ExportRequest request, LineOutput out) throws IOException {
    if (request.format() == ExportRequest.Format.CSV) {
      out.line(CsvLine.head());
      writePlain(request, out, next -> CsvLine.of(next.row()));
    } else if (store.narrowed(request.filter()).isWhole()) {
      new ChainedLines(store, request, out).write();
    } else {
      writePlain(request, out, next -> CanonicalRow.of(next.row(), next.seq()) + "\n");
    }
  }

  private void writePlain(ExportRequest request, LineOutput out, Function<Numbered, String> format)
      throws IOException {
    out.flush();
    List<Numbered> rows = store.rows(request.filter(), null);
    while (!rows.isEmpty()) {
      for (Numbered next : rows) {
        out.row(format.apply(next));
      }
      out.flush();
      rows = store.rows(request.filter(), rows.getLast());
    }
  }
}
