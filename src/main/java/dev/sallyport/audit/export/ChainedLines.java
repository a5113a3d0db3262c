package dev.sallyport.audit.export;

import dev.sallyport.audit.export.ExportStore.Numbered;
import dev.sallyport.audit.export.ExportStore.Segment;
import dev.sallyport.audit.seal.CanonicalRow;
import dev.sallyport.audit.seal.ChainStore;
import dev.sallyport.audit.seal.Checkpoint;
import dev.sallyport.crypto.HashChain;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// All rows of a time as NDJSON, with what is needed to prove that none was changed, left out or
/// put in: each row's place in the chain, the leaf of every row of another time that lies between,
/// and a signed statement of what the whole is.
final class ChainedLines {
  private final ExportStore store;
  private final ExportRequest request;
  private final LineOutput out;
  private long unsealed;
  private String hash = HashChain.START;

  ChainedLines(ExportStore store, ExportRequest request, LineOutput out) {
    this.store = store;
    this.request = request;
    this.out = out;
  }

  void write() throws IOException {
    Segment segment = store.segment(request.from(), request.to());
    hash = segment.hash();
    out.line("{\"chain\":{\"start\":%d,\"hash\":\"%s\"}}\n".formatted(segment.start(), hash));
    out.flush();
    writeSealed(segment);
    String sealed = hash;
    writeUnsealed(segment);
    for (Checkpoint checkpoint : store.checkpoints(segment)) {
      out.line("{\"checkpoint\":\"" + checkpoint.jws() + "\"}\n");
    }
    out.line("{\"export\":\"" + store.sign(manifest(segment, sealed)) + "\"}\n");
    out.flush();
  }

  private void writeSealed(Segment segment) throws IOException {
    long position = segment.start();
    while (position < segment.last()) {
      List<ChainStore.Link> links = store.links(position, segment.last());
      for (ChainStore.Link link : links) {
        write(link, segment.kept());
        hash = link.hash();
      }
      out.flush();
      position = links.isEmpty() ? segment.last() : links.getLast().position();
    }
  }

  private void write(ChainStore.Link link, Instant kept) throws IOException {
    boolean isWanted = !link.at().isBefore(request.from()) && link.at().isBefore(request.to());
    String text = link.text();
    if (isWanted && text != null) {
      String chain =
          ",\"chain\":{\"position\":%d,\"hash\":\"%s\"}}\n".formatted(link.position(), link.hash());
      out.row(text.substring(0, text.length() - 1) + chain);
    } else {
      out.line(
          "{\"chain\":{\"position\":%d,\"leaf\":\"%s\"%s}}\n"
              .formatted(
                  link.position(),
                  link.leaf(),
                  isWanted && !link.at().isBefore(kept) ? ",\"missing\":true" : ""));
    }
  }

  private void writeUnsealed(Segment segment) throws IOException {
    List<Numbered> rows = store.unsealed(request, segment.last(), -1);
    while (!rows.isEmpty()) {
      for (Numbered next : rows) {
        String text = CanonicalRow.of(next.row(), next.seq());
        hash = HashChain.link(hash, HashChain.leaf(text));
        unsealed++;
        out.row(text + "\n");
      }
      out.flush();
      rows = store.unsealed(request, segment.last(), rows.getLast().seq());
    }
  }

  private Map<String, Object> manifest(Segment segment, String sealed) {
    Map<String, Object> manifest = new LinkedHashMap<>();
    manifest.put("from", request.from().toString());
    manifest.put("to", request.to().toString());
    manifest.put("start", segment.start());
    manifest.put("startHash", segment.hash());
    manifest.put("position", segment.last());
    manifest.put("hash", sealed);
    manifest.put("rows", out.rows());
    manifest.put("unsealed", unsealed);
    manifest.put("end", hash);
    return manifest;
  }
}
