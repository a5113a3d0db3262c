package dev.sallyport.persistence;

import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import java.util.List;
import tools.jackson.core.type.TypeReference;

/// Keeps a `List<String>` as JSON text.
@Converter
public class StringListJson implements AttributeConverter<List<String>, String> {
  private static final TypeReference<List<String>> TYPE = new TypeReference<>() {};

  @Override
  public String convertToDatabaseColumn(List<String> value) {
    return Json.write(value);
  }

  @Override
  public List<String> convertToEntityAttribute(String json) {
    return Json.read(json, TYPE);
  }
}
