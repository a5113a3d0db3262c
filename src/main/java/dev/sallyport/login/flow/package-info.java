/// The sign-in itself: from the start of the code flow (OpenID Connect Core 1.0 section 3.1) to the
/// console session. Each start leaves an encrypted row that is consumed once, and a cookie that
/// ties it to the browser. Every check of the answer has a reason code of its own; what is refused
/// leaves nothing behind. The library builds and reads the messages, they travel by the guarded
/// client.
@NullMarked
package dev.sallyport.login.flow;

import org.jspecify.annotations.NullMarked;
