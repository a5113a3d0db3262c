package dev.sallyport.login.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.jose.Claims;
import dev.sallyport.login.flow.GroupsClaim.Groups;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GroupsClaimTest {
  private static Groups read(String json, String path) {
    return GroupsClaim.read(Claims.ofJson(json), path);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"groups":["eng","ops"]}                                 | groups
          {"realm_access":{"roles":["eng","ops"]}}                 | realm_access.roles
          {"a":{"b":{"c":["eng","ops"]}}}                          | a.b.c
          {"https://corp.example/groups":["eng","ops"]}            | https://corp.example/groups
          {"http://corp.example/groups":["eng","ops","eng"]}       | http://corp.example/groups
          {"cognito:groups":["eng","ops"]}                         | cognito:groups
          """)
  void readWhenThePathLeadsToAListThenItsTexts(String json, String path) {
    assertThat(read(json, path)).isEqualTo(new Groups.Found(List.of("eng", "ops")));
  }

  @Test
  void readWhenThereIsOneTextThenOneGroup() {
    assertThat(read("{\"groups\":\"eng,ops\"}", "groups"))
        .isEqualTo(new Groups.Found(List.of("eng,ops")));
  }

  @Test
  void readWhenTheListIsEmptyThenNoGroups() {
    assertThat(read("{\"groups\":[]}", "groups")).isEqualTo(new Groups.Found(List.of()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"other":["eng"]}                       | groups
          {"realm_access":{"other":[]}}           | realm_access.roles
          {"realm_access.roles":["eng"]}          | realm_access.roles
          {"https://corp":{"example/groups":[]}}  | https://corp.example/groups
          """)
  void readWhenNothingStandsThereThenAbsent(String json, String path) {
    assertThat(read(json, path)).isEqualTo(new Groups.Absent());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"groups\":true}",
        "{\"groups\":7}",
        "{\"groups\":null}",
        "{\"groups\":{\"eng\":true}}",
        "{\"groups\":[\"eng\",7]}",
        "{\"groups\":[\"eng\",null]}",
        "{\"groups\":[[\"eng\"]]}"
      })
  void readWhenItIsNoTextAndNoListOfTextsThenWrongType(String json) {
    assertThat(read(json, "groups")).isEqualTo(new Groups.WrongType());
  }

  @Test
  void readWhenThePathLeadsThroughATextThenWrongType() {
    assertThat(read("{\"realm_access\":\"x\"}", "realm_access.roles"))
        .isEqualTo(new Groups.WrongType());
  }
}
