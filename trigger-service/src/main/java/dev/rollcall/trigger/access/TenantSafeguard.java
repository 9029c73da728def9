package dev.rollcall.trigger.access;

import dev.rollcall.ledger.Safeguard;
import io.quarkus.agroal.DataSource;
import jakarta.inject.Singleton;

/// The same for the connections that callers read through.
@Singleton
@DataSource("api")
class TenantSafeguard extends Safeguard {}
