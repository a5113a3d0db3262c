package dev.sallyport.connections.accounts;

import dev.sallyport.connections.grants.RefreshCounts;
import java.util.Map;

/// The connections of all people by status, and the refreshes of this node.
public record ConnectionStatistics(Map<String, Long> connections, RefreshCounts refreshes) {}
