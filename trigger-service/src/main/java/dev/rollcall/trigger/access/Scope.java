package dev.rollcall.trigger.access;

/// What a key may be used for. The names are the roles of `@RolesAllowed`.
public final class Scope {
    /// Look at one's own batches, jobs and queues.
    public static final String READ = "read";
    /// Submit work.
    public static final String WRITE = "write";
    /// Cancel, pause, resume, retry, process; manage one's own keys.
    public static final String OPERATE = "operate";
    /// The installation's operator: every organization, the nightly run, the catalog, the queues.
    public static final String OPERATOR = "operator";

    private Scope() {}
}
