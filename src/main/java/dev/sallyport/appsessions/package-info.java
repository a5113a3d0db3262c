/// What a verified token opens, and what ends it. At most one live session exists for a person,
/// client, IdP session and chain at an app. Opening and revoking take the same locks, so that
/// neither can slip past the other; an end leaves a block behind, so that the same token can't come
/// back. Nodes keep live sessions in memory and trust them only as long as they hear the change
/// feed.
@NullMarked
package dev.sallyport.appsessions;

import org.jspecify.annotations.NullMarked;
