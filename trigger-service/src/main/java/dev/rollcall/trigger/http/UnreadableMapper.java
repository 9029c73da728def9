package dev.rollcall.trigger.http;

import com.fasterxml.jackson.databind.JsonMappingException.Reference;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import io.quarkiverse.resteasy.problem.ExceptionMapperBase;
import io.quarkiverse.resteasy.problem.HttpProblem;
import jakarta.annotation.Priority;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.ext.Provider;
import java.util.Objects;
import java.util.stream.Collectors;

/// A body that is JSON, but not of the form that is wanted. Quarkus' own mapper answers without a word.
@Provider
@Priority(1)
public class UnreadableMapper extends ExceptionMapperBase<MismatchedInputException> {
    @Override
    protected HttpProblem toProblem(MismatchedInputException unreadable) {
        String field = unreadable.getPath().stream()
                .map(Reference::getFieldName)
                .filter(Objects::nonNull)
                .collect(Collectors.joining("."));
        return HttpProblem.valueOf(
                Status.BAD_REQUEST,
                field.isEmpty() ? "the body is not of the form that is wanted" : field + " cannot be read");
    }
}
