package dev.sallyport.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A page that is made from the code and committed.
public final class CommittedPage {
  private static final String WRITE = "sallyport.docs.write";

  private CommittedPage() {}

  /// Fails when the committed page says something else than the code; or writes it, when asked to.
  public static void check(Path page, String wanted) throws IOException {
    if (Boolean.getBoolean(WRITE)) {
      Files.createDirectories(page.toAbsolutePath().getParent());
      Files.writeString(page, wanted);
    }
    compare(page, wanted);
  }

  static void compare(Path page, String wanted) throws IOException {
    String committed = Files.exists(page) ? Files.readString(page) : "";
    assertThat(committed)
        .withFailMessage(
            () ->
                "%s is out of date. Run the tests with -D%s=true and commit it; %s"
                    .formatted(page, WRITE, firstDifference(committed, wanted)))
        .isEqualTo(wanted);
  }

  private static String firstDifference(String committed, String wanted) {
    String[] old = committed.split("\n", -1);
    String[] now = wanted.split("\n", -1);
    for (int i = 0; i < now.length; i++) {
      if (i >= old.length || !old[i].equals(now[i])) {
        return "line " + (i + 1) + " should be: " + now[i];
      }
    }
    return "lines behind line " + now.length;
  }

  /// A cell of a table; a bar in it would end the cell.
  public static String cell(String text) {
    return text.replace("|", "\\|");
  }
}
