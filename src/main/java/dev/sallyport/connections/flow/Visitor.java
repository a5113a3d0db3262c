package dev.sallyport.connections.flow;

import dev.sallyport.connections.grants.Person;

/// The person whose browser this is, as their identity provider knows them.
///
/// @param consoleSession of this browser
record Visitor(Person person, String name, String consoleSession) {}
