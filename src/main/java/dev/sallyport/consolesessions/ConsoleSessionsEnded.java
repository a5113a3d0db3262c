package dev.sallyport.consolesessions;

import java.util.List;

/// These sessions end with the current transaction; what was opened through them ends with them.
public record ConsoleSessionsEnded(List<String> ids) {}
