package dev.sallyport.config;

import java.util.List;

/// The settings are wrong; the message names every bad key and never a secret's value.
public final class BadSettingsException extends RuntimeException {
  public BadSettingsException(List<String> problems) {
    super("Sallyport can't start with these settings:\n  " + String.join("\n  ", problems));
  }
}
