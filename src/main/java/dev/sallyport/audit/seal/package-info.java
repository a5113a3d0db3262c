/// Makes the audit tamper-evident: a hash chain over committed rows, signed checkpoints of its
/// head, the search for breaks, and the months that rows are kept in. Nothing here runs in a
/// transaction of somebody who records; one node at a time does each job, by an advisory lock.
/// `docs/audit.md` says what is hashed and how to check an export without this server.
@NullMarked
package dev.sallyport.audit.seal;

import org.jspecify.annotations.NullMarked;
