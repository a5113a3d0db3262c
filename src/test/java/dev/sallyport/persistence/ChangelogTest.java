package dev.sallyport.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import liquibase.Scope;
import liquibase.change.core.RawSQLChange;
import liquibase.changelog.ChangeLogParameters;
import liquibase.changelog.ChangeSet;
import liquibase.changelog.DatabaseChangeLog;
import liquibase.parser.ChangeLogParserFactory;
import liquibase.resource.ClassLoaderResourceAccessor;
import liquibase.resource.CompositeResourceAccessor;
import liquibase.resource.DirectoryResourceAccessor;
import org.junit.jupiter.api.Test;

/// The changelog as Liquibase reads it, beside the files as they lie in the folder.
class ChangelogTest {
  private static final Path FOLDER = Path.of("liquibase");
  private static final String CHANGELOG = "liquibase/changelog.xml";
  private static final Pattern TAKES =
      Pattern.compile(
          "(?i)\\b(drop\\s+(table|column|function|view|type|default)"
              + "|rename\\s+(to|column|constraint)"
              + "|alter\\s+column\\s+\\w+\\s+(type|set\\s+not\\s+null))\\b");

  @Test
  void includesWhenComparedWithFilesThenEachOnceAndInOrder() throws Exception {
    assertThat(included()).isEqualTo(files()).isNotEmpty();
  }

  @Test
  void filesWhenNumberedThenEachOnceAndNamed() throws Exception {
    List<String> files = files();
    assertThat(files)
        .allMatch(file -> file.matches("liquibase/[0-9]{4}-[a-z]+(-[a-z]+)*\\.(sql|xml)"));
    assertThat(files)
        .extracting(file -> Integer.parseInt(file.substring(10, 14)))
        .doesNotHaveDuplicates();
  }

  @Test
  void changeSetsWhenParsedThenEachHasARollback() throws Exception {
    assertThat(changeSets())
        .allSatisfy(
            set ->
                assertThat(set.getRollback().getChanges()).as("rollback of %s", set).isNotEmpty());
  }

  @Test
  void changeSetsWhenParsedThenIdsAreUnique() throws Exception {
    assertThat(changeSets()).extracting(ChangeSet::getId).doesNotHaveDuplicates();
    assertThat(changeSets()).extracting(ChangeSet::getAuthor).containsOnly("sallyport");
  }

  @Test
  void changeSetsWhenParsedThenEveryFileHasOne() throws Exception {
    assertThat(changeSets()).extracting(ChangeSet::getFilePath).containsAll(files());
  }

  /// Nodes of the version before still run while this one migrates: what they use goes a version
  /// later, in a change set that says so.
  @Test
  void changeSetsWhenTheyTakeAwayThenAreLabelled() throws Exception {
    for (ChangeSet set : changeSets()) {
      boolean takes = TAKES.matcher(statements(set)).find();
      assertThat(set.getLabels().getLabels().contains("contract")).as("%s", set).isEqualTo(takes);
    }
  }

  /// Without the bodies of functions, which change no table by being written down.
  private static String statements(ChangeSet set) {
    return set.getChanges().stream()
        .map(change -> change instanceof RawSQLChange raw ? raw.getSql() : "")
        .collect(Collectors.joining(";"))
        .replaceAll("(?s)\\$\\$.*?\\$\\$", "");
  }

  private static List<String> included() throws Exception {
    Pattern include = Pattern.compile("<include file=\"([^\"]+)\"");
    return include
        .matcher(Files.readString(Path.of(CHANGELOG)))
        .results()
        .map((MatchResult found) -> found.group(1))
        .toList();
  }

  private static List<String> files() throws Exception {
    try (var files = Files.list(FOLDER)) {
      return files
          .map(file -> "liquibase/" + file.getFileName())
          .filter(file -> !file.equals(CHANGELOG))
          .sorted()
          .toList();
    }
  }

  private static List<ChangeSet> changeSets() throws Exception {
    try (var here = new DirectoryResourceAccessor(Path.of("."));
        var jars = new ClassLoaderResourceAccessor();
        var resources = new CompositeResourceAccessor(here, jars)) {
      return Scope.child(
          Map.of(Scope.Attr.resourceAccessor.name(), resources),
          () -> {
            DatabaseChangeLog log =
                ChangeLogParserFactory.getInstance()
                    .getParser(CHANGELOG, resources)
                    .parse(CHANGELOG, new ChangeLogParameters(), resources);
            return log.getChangeSets();
          });
    }
  }
}
