package dev.sallyport.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.problem.ProblemType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// `docs/errors.md` comes from [ProblemType], in its order and under its headings.
class ErrorsPageTest {
  private static final Path SOURCE =
      Path.of("src/main/java/dev/sallyport/problem/ProblemType.java");
  private static final Pattern LINE = Pattern.compile("  (?:// (.+)|([A-Z][A-Z_]+)\\(.*)");
  private static final String HEAD =
      """
      # Errors

      <!-- Made from ProblemType by ErrorsPageTest. -->

      Every refusal has a code that never changes. It stands in the `code` of a problem (RFC 9457), in
      the audit and in the console. Below: the HTTP status, what happened, what helps.
      """;

  @Test
  void errorsPageSaysWhatTheCodeSays() throws IOException {
    var page = new StringBuilder(HEAD);
    groups()
        .forEach(
            (heading, types) -> {
              page.append("\n## ").append(heading).append('\n');
              types.forEach(type -> page.append(section(type)));
            });
    CommittedPage.check(Path.of("docs/errors.md"), page.toString());
  }

  @Test
  void groupsWhenReadThenHoldEveryType() throws IOException {
    assertThat(groups().values().stream().flatMap(Set::stream))
        .containsExactly(ProblemType.values());
    assertThat(groups()).hasSizeGreaterThan(2);
  }

  private static String section(ProblemType type) {
    return "\n### %s\n\n%d %s. %s\n\nWhat helps: %s\n"
        .formatted(type.code(), type.status(), type.title(), type.cause(), type.fix());
  }

  /// The types under the comment that they stand below.
  private static Map<String, Set<ProblemType>> groups() throws IOException {
    Map<String, Set<ProblemType>> groups = new LinkedHashMap<>();
    String heading = "";
    for (String line : Files.readAllLines(SOURCE)) {
      Matcher matcher = LINE.matcher(line);
      if (!matcher.matches()) {
        continue;
      }
      if (matcher.group(1) != null) {
        heading = matcher.group(1);
      } else {
        groups
            .computeIfAbsent(heading, _ -> EnumSet.noneOf(ProblemType.class))
            .add(ProblemType.valueOf(matcher.group(2)));
      }
    }
    return groups;
  }
}
