package dev.rollcall.postcheck.judgement;

import dev.rollcall.postcheck.coverage.Share;
import dev.rollcall.postcheck.coverage.Standing;
import java.math.BigDecimal;
import java.util.List;

/// Which organizations have at least one covered prompt, and which have none.
public record OrgCoverage(
        long expected, long found, long missing, BigDecimal coveragePercent, List<Organization> missingOrganizations) {
    /// An organization that was expected and not found.
    public record Organization(String id, String name) {}

    static OrgCoverage of(Share organizations, List<Standing> standings) {
        List<Organization> missing = standings.stream()
                .filter(standing -> !standing.found())
                .map(standing -> new Organization(standing.id(), standing.name()))
                .toList();
        return new OrgCoverage(
                organizations.whole(), organizations.part(), organizations.rest(), organizations.percent(), missing);
    }
}
