/// User stories on a real API server, with the operator as a process of its own that has the rights of the chart's
/// ServiceAccount, and real HTTP traffic through real pods' servers.
@NullMarked
package dev.serin.e2e.story;

import org.jspecify.annotations.NullMarked;
