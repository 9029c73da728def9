package dev.rollcall.trigger.access;

import io.quarkiverse.resteasy.problem.ExceptionMapperBase;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkus.security.ForbiddenException;
import jakarta.annotation.Priority;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.ext.Provider;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;

/// A caller whose key lacks the scope that an endpoint wants: it is told which.
@Provider
@Priority(1) // as UnauthorizedMapper
public class ForbiddenMapper extends ExceptionMapperBase<ForbiddenException> {
    private final ResourceInfo endpoint;

    ForbiddenMapper(@Context ResourceInfo endpoint) {
        this.endpoint = endpoint;
    }

    @Override
    protected HttpProblem toProblem(ForbiddenException refused) {
        List<String> scopes = scopes(endpoint.getResourceMethod());
        return HttpProblem.valueOf(
                Status.FORBIDDEN,
                scopes.contains(Scope.OPERATOR)
                        ? "only the installation's operator may do this"
                        : "this key lacks the scope " + String.join(" or ", scopes));
    }

    private static List<String> scopes(Method method) {
        RolesAllowed onMethod = method.getAnnotation(RolesAllowed.class);
        RolesAllowed allowed =
                onMethod != null ? onMethod : method.getDeclaringClass().getAnnotation(RolesAllowed.class);
        return allowed == null ? List.of(Scope.OPERATOR) : Arrays.asList(allowed.value());
    }
}
