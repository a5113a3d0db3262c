package dev.sallyport.persistence;

import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import java.util.List;
import java.util.Map;
import tools.jackson.core.type.TypeReference;

/// Keeps a label selector as JSON text.
@Converter
public class SelectorJson implements AttributeConverter<Map<String, List<String>>, String> {
  private static final TypeReference<Map<String, List<String>>> TYPE = new TypeReference<>() {};

  @Override
  public String convertToDatabaseColumn(Map<String, List<String>> value) {
    return Json.write(value);
  }

  @Override
  public Map<String, List<String>> convertToEntityAttribute(String json) {
    return Json.read(json, TYPE);
  }
}
