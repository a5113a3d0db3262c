/// Hands the audit out as a file: NDJSON with the proof that it is whole, or CSV for spreadsheets.
/// Rows are read batch by batch, each in a short transaction, and never held: an export of any size
/// takes the same memory. `docs/audit.md` describes the lines.
@NullMarked
package dev.sallyport.audit.export;

import org.jspecify.annotations.NullMarked;
