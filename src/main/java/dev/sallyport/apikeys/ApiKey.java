package dev.sallyport.apikeys;

import dev.sallyport.authz.ActorKind;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A key that is live at this moment.
///
/// @param ownerId the person whose key it is, if it is anybody's
/// @param until when the value that was used ends: with the key, or with the overlap of a rotation
record ApiKey(
    String id,
    String valueId,
    String name,
    ActorKind kind,
    @Nullable String ownerId,
    @Nullable Instant until) {}
