package dev.sallyport.persistence;

import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import java.util.Map;
import tools.jackson.core.type.TypeReference;

/// Keeps a `Map<String, String>` as JSON text.
@Converter
public class StringMapJson implements AttributeConverter<Map<String, String>, String> {
  private static final TypeReference<Map<String, String>> TYPE = new TypeReference<>() {};

  @Override
  public String convertToDatabaseColumn(Map<String, String> value) {
    return Json.write(value);
  }

  @Override
  public Map<String, String> convertToEntityAttribute(String json) {
    return Json.read(json, TYPE);
  }
}
