package dev.sallyport.fuzz;

/// What must hold of a parser whatever it is given.
public final class Holds {
  private Holds() {}

  public static void that(boolean holds, String what) {
    if (!holds) {
      throw new AssertionError("does not hold: " + what);
    }
  }
}
