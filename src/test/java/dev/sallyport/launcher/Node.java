package dev.sallyport.launcher;

import com.fasterxml.jackson.annotation.JsonProperty;

/// One running server, as scripts find it in `run.json`.
///
/// @param base past HAProxy, when there are several
public record Node(
    @JsonProperty String base, @JsonProperty String management, @JsonProperty long pid) {}
