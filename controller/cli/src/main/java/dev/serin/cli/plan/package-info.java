/// `serin plan`: what steps can do for a service, before any version is at stake.
@NullMarked
package dev.serin.cli.plan;

import org.jspecify.annotations.NullMarked;
