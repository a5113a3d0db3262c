package dev.sallyport.appauth;

import dev.sallyport.persistence.Json;
import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import java.util.List;
import tools.jackson.core.type.TypeReference;

/// Keeps the rules of a config as JSON text.
@Converter
public class RuleListJson implements AttributeConverter<List<AppAuthConfigDetails.Rule>, String> {
  private static final TypeReference<List<AppAuthConfigDetails.Rule>> TYPE =
      new TypeReference<>() {};

  @Override
  public String convertToDatabaseColumn(List<AppAuthConfigDetails.Rule> value) {
    return Json.write(value);
  }

  @Override
  public List<AppAuthConfigDetails.Rule> convertToEntityAttribute(String json) {
    return Json.read(json, TYPE);
  }
}
