package dev.rollcall.trigger.access;

import io.quarkiverse.resteasy.problem.ExceptionMapperBase;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkus.security.AuthenticationFailedException;
import jakarta.annotation.Priority;
import jakarta.ws.rs.ext.Provider;
import java.util.Objects;

/// A caller whose key or secret is not, or no longer, good.
@Provider
@Priority(1) // as UnauthorizedMapper
public class AuthenticationFailedMapper extends ExceptionMapperBase<AuthenticationFailedException> {
    @Override
    protected HttpProblem toProblem(AuthenticationFailedException refused) {
        return UnauthorizedMapper.problem(Objects.requireNonNullElse(refused.getMessage(), "the key is not good"));
    }
}
