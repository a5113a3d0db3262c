package dev.sallyport.appauth.ui;

import com.vaadin.flow.component.customfield.CustomField;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.IntegerField;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A length of time: a number and its unit.
final class DurationField extends CustomField<@Nullable Duration> {
  private enum Unit {
    SECONDS(1),
    MINUTES(60),
    HOURS(3_600),
    DAYS(86_400);

    private final long seconds;

    Unit(long seconds) {
      this.seconds = seconds;
    }

    String text() {
      return name().toLowerCase(Locale.ROOT);
    }

    static Unit of(Duration duration) {
      Unit best = SECONDS;
      for (Unit unit : values()) {
        best = duration.toSeconds() % unit.seconds == 0 ? unit : best;
      }
      return best;
    }
  }

  private final IntegerField number = new IntegerField();
  private final Select<Unit> unit = new Select<>();

  DurationField(String label) {
    setLabel(label);
    number.setMin(1);
    number.setAriaLabel(label + ", number");
    number.setStepButtonsVisible(false);
    number.setWidth("6rem");
    unit.setItems(Unit.values());
    unit.setItemLabelGenerator(Unit::text);
    unit.setAriaLabel(label + ", unit");
    unit.setWidth("8rem");
    Div line = new Div(number, unit);
    line.addClassName("sp-duration");
    add(line);
  }

  /// ISO 8601, as the service takes it; empty when no number stands there.
  String iso() {
    Duration duration = generateModelValue();
    return duration == null ? "" : duration.toString();
  }

  @Override
  protected @Nullable Duration generateModelValue() {
    Integer count = number.getValue();
    Unit chosen = unit.getValue();
    return count == null || chosen == null ? null : Duration.ofSeconds(count * chosen.seconds);
  }

  @Override
  protected void setPresentationValue(@Nullable Duration duration) {
    if (duration == null) {
      number.clear();
      return;
    }
    Unit best = Unit.of(duration);
    unit.setValue(best);
    number.setValue(Math.toIntExact(duration.toSeconds() / best.seconds));
  }
}
