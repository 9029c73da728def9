package dev.rollcall.local.client;

/// The postcheck-service's interface. Every call may end in an [ApiFailure].
public record PostcheckApi(Api api) {

    /// Judges one run and changes nothing.
    ///
    /// @param run the run's key
    public Coverage judge(String run) {
        return api.post("/api/postcheck?repair=false&run=" + Api.encode(run), Coverage.class)
                .body();
    }
}
