package dev.rollcall.postcheck.judgement;

import dev.rollcall.security.CronSecret;
import io.quarkiverse.resteasy.problem.HttpProblem;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/// The postcheck on demand. An empty parameter is a parameter left out.
@Path("/api/postcheck")
public class PostcheckResource {
    private final Postcheck postcheck;
    private final CronSecret secret;

    PostcheckResource(Postcheck postcheck, CronSecret secret) {
        this.postcheck = postcheck;
        this.secret = secret;
    }

    @POST
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(summary = "Judges a run's coverage, and repairs it when asked to")
    @APIResponse(responseCode = "200", description = "The verdict, whatever it is")
    @APIResponse(responseCode = "400", description = "A parameter says nothing understandable")
    @APIResponse(responseCode = "401", description = "The secret is missing or wrong; nothing was done")
    @APIResponse(responseCode = "404", description = "No such run")
    @APIResponse(responseCode = "503", description = "The ledger is away; ask again")
    public Answer judge(
            @HeaderParam(CronSecret.HEADER) @Nullable String given,
            @Parameter(description = "true makes what failed due again; else the check only reads") @RestQuery @Nullable
                    String repair,
            @Parameter(description = "number or key of a run; the newest run of today when left out")
                    @RestQuery
                    @Nullable
                    String run) {
        secret.require(given);
        return postcheck.onDemand(name(run), wish(repair));
    }

    private static boolean wish(@Nullable String repair) {
        return switch (repair) {
            case null -> false;
            case "true" -> true;
            case "false" -> false;
            default -> throw malformed("repair must be true or false, not '%s'".formatted(repair));
        };
    }

    private static Optional<String> name(@Nullable String run) {
        if (run != null && run.isBlank()) {
            throw malformed("run must be the number or key of a run; leave it out for the newest run of today");
        }
        return Optional.ofNullable(run);
    }

    private static HttpProblem malformed(String detail) {
        return HttpProblem.valueOf(Response.Status.BAD_REQUEST, detail);
    }
}
