package dev.sallyport.api;

import dev.sallyport.persistence.Json;
import dev.sallyport.problem.ProblemType;
import dev.sallyport.problem.SallyportException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.MessageBodyReader;
import jakarta.ws.rs.ext.MessageBodyWriter;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import tools.jackson.core.JacksonException;

/// JSON in and out with our one strict mapper; what is wrong with a body is said by field. Our own,
/// because the server's providers differ in strictness and name no fields.
@Provider
@Consumes({MediaType.APPLICATION_JSON, "application/*+json"})
@Produces({MediaType.APPLICATION_JSON, "application/*+json"})
public class JsonBodiesProvider implements MessageBodyReader<Object>, MessageBodyWriter<Object> {
  private static final int MAX_BODY = 1_000_000;

  @Override
  public boolean isReadable(
      Class<?> type, Type generic, Annotation[] annotations, MediaType media) {
    return type != String.class && !InputStream.class.isAssignableFrom(type);
  }

  @Override
  public Object readFrom(
      Class<Object> type,
      Type generic,
      Annotation[] annotations,
      MediaType media,
      MultivaluedMap<String, String> headers,
      InputStream body)
      throws IOException {
    byte[] bytes = body.readNBytes(MAX_BODY + 1);
    if (bytes.length > MAX_BODY) {
      throw new SallyportException(ProblemType.BODY_TOO_LARGE, "A body has at most 1 MB here.");
    }
    if (bytes.length == 0) {
      throw new SallyportException(ProblemType.INVALID_JSON, "The body is empty.");
    }
    try {
      Object value = Json.MAPPER.readValue(bytes, Json.MAPPER.constructType(generic));
      if (value == null) {
        throw new SallyportException(ProblemType.INVALID_JSON, "The body is null.");
      }
      return value;
    } catch (JacksonException e) {
      throw BodyRefusal.of(e);
    }
  }

  @Override
  public boolean isWriteable(
      Class<?> type, Type generic, Annotation[] annotations, MediaType media) {
    return type != String.class && !Throwable.class.isAssignableFrom(type);
  }

  @Override
  public void writeTo(
      Object value,
      Class<?> type,
      Type generic,
      Annotation[] annotations,
      MediaType media,
      MultivaluedMap<String, Object> headers,
      OutputStream out) {
    Json.MAPPER.writeValue(out, value);
  }
}
