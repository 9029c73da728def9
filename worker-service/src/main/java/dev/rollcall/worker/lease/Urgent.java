package dev.rollcall.worker.lease;

import static java.lang.annotation.ElementType.METHOD;
import static java.lang.annotation.ElementType.PARAMETER;

import jakarta.inject.Qualifier;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// The way to the ledger for what a heartbeat says and asks. See [UrgentLedger].
@Qualifier
@Retention(RetentionPolicy.RUNTIME)
@Target({METHOD, PARAMETER})
public @interface Urgent {}
