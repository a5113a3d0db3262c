package dev.sallyport.jose;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// JSON objects that have one meaning only: no duplicate members, nothing after the end, bounded in
/// depth, tokens and digits.
final class StrictJson {
  private static final int MAX_DEPTH = 16;

  private final JsonMapper mapper;
  private final int maxMembers;

  StrictJson(int maxTokens, int maxMembers) {
    StreamReadConstraints limits =
        StreamReadConstraints.builder()
            .maxNestingDepth(MAX_DEPTH)
            .maxTokenCount(maxTokens)
            .maxNumberLength(64)
            .build();
    JsonFactory factory =
        JsonFactory.builder()
            .streamReadConstraints(limits)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();
    this.mapper = JsonMapper.builder(factory).build();
    this.maxMembers = maxMembers;
  }

  /// The object, or null when the text is anything else.
  @Nullable ObjectNode object(String text) {
    try {
      return mapper.readTree(text) instanceof ObjectNode object
              && object.size() <= maxMembers
              && isStorable(object)
          ? object
          : null;
    } catch (JacksonException e) {
      return null; // the message would quote the input
    }
  }

  /// Decodes first, because Jackson would guess UTF-16 and UTF-32 from the bytes.
  @Nullable ObjectNode object(byte[] utf8) {
    try {
      return object(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString());
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  // NUL and unpaired surrogates are legal JSON, but no PostgreSQL text: refused at the door.
  private static boolean isStorable(JsonNode node) {
    if (node.isString()) {
      return isStorable(node.stringValue());
    }
    for (var member : node.properties()) {
      if (!isStorable(member.getKey()) || !isStorable(member.getValue())) {
        return false;
      }
    }
    if (node.isArray()) {
      for (JsonNode element : node) {
        if (!isStorable(element)) {
          return false;
        }
      }
    }
    return true;
  }

  private static boolean isStorable(String text) {
    return text.indexOf('\0') < 0
        && text.codePoints().noneMatch(c -> c >= Character.MIN_SURROGATE && c <= 0xDFFF);
  }
}
