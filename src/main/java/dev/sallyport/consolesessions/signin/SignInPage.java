package dev.sallyport.consolesessions.signin;

import static dev.sallyport.api.Html.escaped;
import static dev.sallyport.api.Html.prose;

import dev.sallyport.api.PlainPage;
import dev.sallyport.problem.ProblemType;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Writes the plain pages around a session: the one to sign in, and the one that leads on to the
/// identity provider after a sign-out.
@ApplicationScoped
class SignInPage {
  private static final Logger LOG = Logger.getLogger(SignInPage.class);
  private static final PlainPage SIGN_IN =
      new PlainPage("sign-in.html", "form-action 'self'; script-src 'nonce-%s'");
  private static final PlainPage SIGN_OUT = new PlainPage("sign-out.html", "form-action 'none'");

  @Inject @Any Instance<SignInOptions> options;

  /// What the page says above its form.
  ///
  /// @param isError whether something was refused, rather than merely over
  /// @param isOfKey whether it answers the form for keys, which then stays unfolded
  record Message(String text, boolean isError, boolean isOfKey) {
    static final Message NONE = new Message("", false, false);

    static Message ofKey(String text) {
      return new Message(text, true, true);
    }

    /// What a code stands for; nothing for a code that does not exist.
    static Message of(@Nullable String code) {
      return Arrays.stream(ProblemType.values())
          .filter(type -> type.code().equals(code))
          .findFirst()
          .map(type -> new Message(type.cause() + " " + type.fix(), true, false))
          .orElse(NONE);
    }

    static Message over(ProblemType type) {
      return new Message(type.cause(), false, false);
    }
  }

  void signIn(
      HttpServletResponse response, ServletContext files, Message message, ReturnPath wanted)
      throws IOException {
    Optional<List<SignInOption>> known = offered();
    boolean isSilent = known.isEmpty() && message.equals(Message.NONE);
    Message shown = isSilent ? Message.of(ProblemType.SIGN_IN_STORE.code()) : message;
    List<SignInOption> offered = known.orElse(List.of());
    SIGN_IN.write(
        files,
        response,
        Map.of(
            "options",
            buttons(offered, wanted),
            "key_open",
            offered.isEmpty() || shown.isOfKey() ? " open" : "",
            "key_class",
            offered.isEmpty() ? "alone" : "folded",
            "message_role",
            shown.isError() ? "alert" : "status",
            "message",
            prose(shown.text()),
            "return_to",
            escaped(wanted.value())));
  }

  // The page must come up when nothing else does: it says why.
  private Optional<List<SignInOption>> offered() {
    try {
      return Optional.of(options.stream().flatMap(known -> known.options().stream()).toList());
    } catch (RuntimeException e) {
      // Anybody can ask for the page again and again: a line each is enough.
      LOG.errorf("the sign-in page can't know the providers: %s", e);
      return Optional.empty();
    }
  }

  private static String buttons(List<SignInOption> offered, ReturnPath wanted) {
    return offered.stream()
        .map(
            option ->
                "<a class=\"option\" href=\"%s\">%s</a>"
                    .formatted(escaped(option.href(wanted.value())), escaped(option.label())))
        .collect(Collectors.joining("\n"));
  }

  /// Leads on to the provider's sign-out. Browsers count a redirect as a part of the form that
  /// signed out, and the console's policy keeps forms on this site (CSP Level 3, `form-action`).
  void signOutAt(HttpServletResponse response, ServletContext files, URI target)
      throws IOException {
    response.setHeader("Referrer-Policy", "no-referrer");
    SIGN_OUT.write(files, response, Map.of("target", escaped(target.toString())));
  }
}
