package dev.sallyport.persistence;

/// Something that is changed in place, and only by who has seen its newest state.
public interface Revised {
  /// Counts its changes.
  long revision();
}
