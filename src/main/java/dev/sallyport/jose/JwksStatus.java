package dev.sallyport.jose;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How a node stands with the keys of one URL. `nextRefresh` is when the next use or the timer
/// fetches again; null before the first attempt.
public record JwksStatus(
    URI url,
    @Nullable Instant lastSuccess,
    @Nullable Instant lastAttempt,
    @Nullable String lastError,
    List<String> keyIds,
    Map<String, Integer> ignored,
    @Nullable Instant nextRefresh) {}
