/// What the gateway itself says in MCP: to clients whose person must connect an account before
/// anything can be passed on. Knows both eras, with sessions up to 2025-11-25 and without from
/// 2026-07-28 on, and which clients open links by themselves. Pure functions from messages to
/// answers; whoever calls them reads and sends.
@NullMarked
package dev.sallyport.gateway.mcp;

import org.jspecify.annotations.NullMarked;
