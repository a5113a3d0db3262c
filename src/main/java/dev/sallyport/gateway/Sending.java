package dev.sallyport.gateway;

import dev.sallyport.gateway.relay.UpstreamPool;
import dev.sallyport.gateway.relay.UpstreamTarget;
import io.undertow.util.HttpString;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What goes out, and where to. `home` is the one upstream that holds the client's MCP session, if
/// it has one.
record Sending(
    List<UpstreamPool> candidates,
    List<Map.Entry<HttpString, String>> headers,
    @Nullable String rest,
    @Nullable UpstreamTarget home) {}
