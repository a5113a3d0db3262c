package dev.sallyport.launcher;

/// What the user reads while things start.
final class Progress {
  private Progress() {}

  static void say(String line) {
    System.out.println(line);
    System.out.flush();
  }
}
