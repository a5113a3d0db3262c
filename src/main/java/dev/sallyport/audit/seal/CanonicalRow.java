package dev.sallyport.audit.seal;

import dev.sallyport.audit.AuditRow;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.json.JsonMapper;

/// The one text of a row that enters the hash: a JSON object with all members, sorted, without
/// whitespace (RFC 8785). Never changed: hashes that exist rest on it.
public final class CanonicalRow {
  // RFC 8785 section 3.2.2.2 writes \u001f, Jackson would write \u001F.
  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder().disable(JsonWriteFeature.WRITE_HEX_UPPER_CASE).build())
          .build();

  private CanonicalRow() {}

  public static String of(AuditRow row, long seq) {
    SortedMap<String, @Nullable Object> members = new TreeMap<>();
    members.put("id", row.id());
    members.put("seq", seq);
    members.put("at", row.at().toString());
    members.put("category", row.category());
    members.put("event", row.event());
    members.put("actor", actor(row.actor()));
    members.put("resource", row.resource() == null ? null : resource(row.resource()));
    members.put("outcome", row.outcome());
    members.put("reason", row.reason());
    members.put("address", row.address());
    members.put("requestId", row.requestId());
    members.put("appId", row.appId());
    members.put("details", new TreeMap<>(row.details()));
    return MAPPER.writeValueAsString(members);
  }

  private static SortedMap<String, Object> actor(AuditRow.Who who) {
    SortedMap<String, Object> members = new TreeMap<>();
    members.put("kind", who.kind());
    members.put("id", who.id());
    members.put("name", who.name());
    return members;
  }

  private static SortedMap<String, @Nullable Object> resource(AuditRow.What what) {
    SortedMap<String, @Nullable Object> members = new TreeMap<>();
    members.put("kind", what.kind());
    members.put("id", what.id());
    members.put("name", what.name());
    return members;
  }
}
