package dev.sallyport.login.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.config.Settings.FirstAdminSettings;
import java.util.List;
import org.junit.jupiter.api.Test;

class FirstAdminTest {
  @Test
  void isMeantWhenAGroupIsNamedThenTrue() {
    var settings = new FirstAdminSettings(List.of("ops", "admins"), null);
    assertThat(FirstAdmin.isMeant(settings, "Corp", List.of("eng", "admins"))).isTrue();
    assertThat(FirstAdmin.isMeant(settings, "Corp", List.of("eng", "Admins"))).isFalse();
    assertThat(FirstAdmin.isMeant(settings, "Corp", List.of())).isFalse();
  }

  @Test
  void isMeantWhenAnotherProviderIsNamedThenFalse() {
    var settings = new FirstAdminSettings(List.of("admins"), "Corp");
    assertThat(FirstAdmin.isMeant(settings, "Corp", List.of("admins"))).isTrue();
    assertThat(FirstAdmin.isMeant(settings, "Partner", List.of("admins"))).isFalse();
  }

  @Test
  void isMeantWhenNoGroupIsNamedThenFalse() {
    var settings = new FirstAdminSettings(List.of(), null);
    assertThat(FirstAdmin.isMeant(settings, "Corp", List.of("admins", ""))).isFalse();
  }
}
