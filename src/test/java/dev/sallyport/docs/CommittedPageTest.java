package dev.sallyport.docs;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommittedPageTest {
  @TempDir Path folder;

  @Test
  void compareWhenPageDiffersThenNamesTheLineAndTheSwitch() throws IOException {
    Path page = Files.writeString(folder.resolve("page.md"), "a\nb\n");
    assertThatThrownBy(() -> CommittedPage.compare(page, "a\nc\n"))
        .hasMessageContaining("line 2 should be: c")
        .hasMessageContaining("-Dsallyport.docs.write=true");
  }

  @Test
  void compareWhenPageIsLongerThenFails() throws IOException {
    Path page = Files.writeString(folder.resolve("page.md"), "a\nb\n");
    assertThatThrownBy(() -> CommittedPage.compare(page, "a"))
        .hasMessageContaining("lines behind line 1");
  }

  @Test
  void compareWhenPageIsMissingThenFails() {
    assertThatThrownBy(() -> CommittedPage.compare(folder.resolve("none.md"), "a"))
        .hasMessageContaining("line 1 should be: a");
  }

  @Test
  void compareWhenPageIsRightThenPasses() throws IOException {
    Path page = Files.writeString(folder.resolve("page.md"), "a\nb\n");
    assertThatCode(() -> CommittedPage.compare(page, "a\nb\n")).doesNotThrowAnyException();
  }
}
