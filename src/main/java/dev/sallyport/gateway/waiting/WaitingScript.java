package dev.sallyport.gateway.waiting;

import java.util.List;
import java.util.Set;
import java.util.function.Function;

/// What a waiting stream says, as JSON-RPC.
///
/// @param first as soon as it stands
/// @param last before it ends, once the account is connected; given the ids of the requests to
///     sign in that are settled by that
public record WaitingScript(List<String> first, Function<Set<String>, List<String>> last) {}
