package dev.sallyport.launcher;

/// Something that the user can mend, said in one line.
public final class LaunchFailedException extends RuntimeException {
  public LaunchFailedException(String sentence) {
    super(sentence);
  }

  public LaunchFailedException(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
