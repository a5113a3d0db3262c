package dev.sallyport.launcher;

import java.util.Map;
import tools.jackson.databind.JsonNode;

/// Objects by their names, over REST. A refusal stops the start: the demo would be half there.
record RestObjects(AdminApi api) {
  /// A missing node when there is none of that name.
  JsonNode find(String path, String name) {
    JsonNode items = require(path, api.get(path), 200).get("items");
    for (JsonNode item : items) {
      if (item.get("name").asString().equals(name)) {
        return item;
      }
    }
    return items.path("absent");
  }

  JsonNode create(String path, Map<String, Object> body) {
    return require(path, api.post(path, body), 201);
  }

  void replace(String path, Map<String, Object> body) {
    require(path, api.put(path, api.get(path).etag().orElseThrow(), body), 200);
  }

  private static JsonNode require(String path, AdminApi.Answer answer, int status) {
    if (answer.status() != status) {
      throw new LaunchFailedException(
          "The demo's objects were refused: "
              + path
              + " answered "
              + answer.status()
              + " "
              + answer.body());
    }
    return answer.body();
  }
}
