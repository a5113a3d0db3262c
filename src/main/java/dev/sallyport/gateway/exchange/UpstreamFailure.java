package dev.sallyport.gateway.exchange;

import dev.sallyport.gateway.relay.RelayFailure;
import dev.sallyport.gateway.relay.UpstreamTarget;
import dev.sallyport.gateway.routes.Route;
import dev.sallyport.logging.LogFields;
import dev.sallyport.problem.ProblemType;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What a client hears of a call that nothing came back for.
public record UpstreamFailure(Answers answers, GatewayExchange call, Route route) {
  private static final Duration SOON = Duration.ofSeconds(1);

  /// @param home the one upstream that holds the client's MCP session, if it has one
  public void answer(RelayFailure failure, @Nullable UpstreamTarget home) {
    logged(failure, () -> tell(failure, home));
  }

  /// The session lives; its call was ended for a reason of this node.
  public void cutShort() {
    logged(RelayFailure.CUT, () -> answers.retryAfter(call, ProblemType.CALL_CUT, SOON));
  }

  private static void logged(RelayFailure failure, Runnable answer) {
    String code = failure.name().toLowerCase(Locale.ROOT).replace('_', '-');
    LogFields.NONE.with("failure", code).run(answer);
  }

  private void tell(RelayFailure failure, @Nullable UpstreamTarget home) {
    switch (problem(failure)) {
      case SESSION_ENDED -> ended();
      case UPSTREAM_UNREACHABLE -> unreachable(failure, home);
      case UPSTREAM_BUSY -> answers.retryAfter(call, ProblemType.UPSTREAM_BUSY, SOON);
      case UPSTREAM_ANSWER_UNUSABLE ->
          answers.problem(call, ProblemType.UPSTREAM_ANSWER_UNUSABLE, unusable(failure));
      case ProblemType other -> answers.problem(call, other);
    }
  }

  private static String unusable(RelayFailure failure) {
    return switch (failure) {
      case UNREADABLE_ANSWER ->
          "What the upstream answers can't be read: its head is no HTTP/1.1, longer than 64 KiB, or"
              + " has a Content-Length that is no plain number.";
      case INTERIM_ANSWER ->
          "The upstream began with an interim answer (1xx), which can't be passed on.";
      case UNUSABLE_STATUS ->
          "The upstream's status is none that an answer has, or it switched protocols unasked.";
      default ->
          "The upstream's head leaves in doubt where its answer ends: a Content-Length that is no"
              + " plain number, two that differ, or a Transfer-Encoding other than chunked.";
    };
  }

  private void ended() {
    String detail = ProblemType.SESSION_ENDED.cause() + " " + ProblemType.SESSION_ENDED.fix();
    answers.challenge(call, route.trust(), ProblemType.SESSION_ENDED, detail, List.of());
  }

  /// A session that lived where nobody listens any more is over: the client begins another one
  /// where somebody does.
  private void unreachable(RelayFailure failure, @Nullable UpstreamTarget home) {
    boolean isOver =
        home != null && failure == RelayFailure.CONNECT_FAILED && route.hasAnother(home);
    if (isOver) {
      answers.problem(call, ProblemType.MCP_SESSION_NOT_FOUND);
    } else {
      answers.retryAfter(call, ProblemType.UPSTREAM_UNREACHABLE, SOON);
    }
  }

  private static ProblemType problem(RelayFailure failure) {
    return switch (failure) {
      case NO_UPSTREAM, NAME_NOT_RESOLVED, CONNECT_FAILED, CONNECT_TIMEOUT, TLS_FAILED ->
          ProblemType.UPSTREAM_UNREACHABLE;
      case ADDRESS_REFUSED -> ProblemType.UPSTREAM_REFUSED;
      case BUSY -> ProblemType.UPSTREAM_BUSY;
      case RESPONSE_TIMEOUT -> ProblemType.UPSTREAM_TIMEOUT;
      case BROKEN_BEFORE_ANSWER, DECLINED -> ProblemType.UPSTREAM_BROKEN;
      case UNREADABLE_ANSWER, INTERIM_ANSWER, UNUSABLE_STATUS, UNCLEAR_END ->
          ProblemType.UPSTREAM_ANSWER_UNUSABLE;
      case BODY_TOO_LARGE -> ProblemType.BODY_TOO_LARGE;
      case BODY_TIMEOUT -> ProblemType.BODY_TOO_SLOW;
      case METHOD_REFUSED -> ProblemType.METHOD_NOT_ALLOWED;
      case CUT -> ProblemType.SESSION_ENDED;
    };
  }
}
