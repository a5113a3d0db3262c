package dev.sallyport.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.docs.CommittedPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// `docs/settings.md` comes from [SettingKey], and from what the start script says of itself.
class SettingsPageTest {
  private static final Pattern HELP =
      Pattern.compile("This script reads in addition:\\n(.*?)HELP\\n", Pattern.DOTALL);
  private static final String HEAD =
      """
      # Settings

      <!-- Made from SettingKey by SettingsPageTest. -->

      Each setting is an environment variable, or the same key in the properties file that
      `SALLYPORT_CONFIG` names; a variable wins over the file. A secret can be read from a file: put
      `_FILE` behind its key and give the path. Keys that begin with `SALLYPORT_` and are not listed
      here, and values that can't be right, stop the start with a message that names each of them.

      `bin/sallyport` reads these variables in addition, and keeps them from the server:

      ```
      %s
      ```

      | key | value | default | meaning |
      |---|---|---|---|
      """;

  @Test
  void settingsPageSaysWhatTheCodeSays() throws IOException {
    var page = new StringBuilder(HEAD.formatted(scriptsOwn()));
    for (SettingKey key : SettingKey.values()) {
      page.append(row(key));
    }
    CommittedPage.check(Path.of("docs/settings.md"), page.toString());
  }

  private static String scriptsOwn() throws IOException {
    Matcher help = HELP.matcher(Files.readString(Path.of("src/main/wildfly/bin/sallyport")));
    assertThat(help.find()).isTrue();
    return help.group(1).stripTrailing().stripIndent();
  }

  private static String row(SettingKey key) {
    String standard = key.standard();
    return "| `%s` | %s | %s | %s |\n"
        .formatted(
            key.key(),
            form(key.kind()),
            standard == null || standard.isEmpty() ? "" : "`" + CommittedPage.cell(standard) + "`",
            CommittedPage.cell(key.description()));
  }

  private static String form(SettingKey.Kind kind) {
    return switch (kind) {
      case TEXT -> "text";
      case SECRET -> "secret";
      case NUMBER -> "whole number above 0";
      case DURATION -> "duration (ISO 8601, such as `PT10S`)";
      case LIST -> "list, separated by commas";
      case FLAG -> "`true` or `false`";
    };
  }
}
