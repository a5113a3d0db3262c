package dev.sallyport.persistence;

/// A part of a list that is scrolled. Whoever asks for more gets what one look may cost.
public record Slice(int offset, int limit) {
  /// The deepest row that one may begin at: behind it, a filter serves better than scrolling.
  public static final int DEEPEST = 5_000;

  /// The most rows at once.
  public static final int LARGEST = 200;

  public Slice {
    offset = Math.clamp(offset, 0, DEEPEST);
    limit = Math.clamp(limit, 0, LARGEST);
  }
}
