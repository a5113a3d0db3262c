package dev.sallyport.config;

/// What `bin/sallyport start` runs before the server: a bad setting ends the start with a sentence
/// each, instead of a server that runs without its application.
public final class SettingsCheck {
  private SettingsCheck() {}

  /// Ends with 1 when the server could not start with this environment.
  public static void main(String[] arguments) {
    try {
      Settings.fromEnvironment();
    } catch (BadSettingsException e) {
      System.err.println(e.getMessage());
      System.exit(1);
    }
  }
}
