package dev.sallyport.login.ui;

import dev.sallyport.console.ScopeField;
import dev.sallyport.login.GroupMappingDetails;

/// Mappings in words.
final class MappingTexts {
  private MappingTexts() {}

  static String role(GroupMappingDetails mapping) {
    return mapping.scope() == null
        ? mapping.roleId()
        : mapping.roleId() + " where " + ScopeField.text(mapping.scope());
  }
}
