package dev.sallyport.connections.flow;

import dev.sallyport.apps.AppDetails;
import dev.sallyport.connections.remote.ConnectionSettings;

/// An app whose people connect their own accounts.
record ConnectedApp(AppDetails details, ConnectionSettings settings) {}
