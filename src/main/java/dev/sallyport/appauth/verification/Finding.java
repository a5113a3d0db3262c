package dev.sallyport.appauth.verification;

import dev.sallyport.problem.ProblemType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What one rule found. The sentence is fit for the caller's eyes; expected and found are not.
sealed interface Finding {
  @Nullable String expected();

  @Nullable String found();

  String sentence();

  record Passed(@Nullable String expected, @Nullable String found, String sentence)
      implements Finding {}

  record Failed(
      ProblemType code,
      String sentence,
      List<String> scopes,
      @Nullable String expected,
      @Nullable String found)
      implements Finding {
    Failed because(@Nullable String nowExpected, @Nullable String nowFound) {
      return new Failed(code, sentence, scopes, nowExpected, nowFound);
    }
  }

  static Passed passed(String sentence) {
    return new Passed(null, null, sentence);
  }

  static Passed passed(@Nullable String expected, @Nullable String found, String sentence) {
    return new Passed(expected, found, sentence);
  }

  static Failed failed(ProblemType code, String sentence) {
    return new Failed(code, sentence, List.of(), null, null);
  }
}
