package dev.sallyport.login;

import dev.sallyport.authz.Permission;
import dev.sallyport.authz.RequiresPermission;
import dev.sallyport.jose.ParsedToken;
import dev.sallyport.jose.TokenSyntax;
import dev.sallyport.login.flow.GroupsClaim;
import dev.sallyport.problem.ProblemType;
import dev.sallyport.problem.SallyportException;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.List;

/// Answers who would get what, for groups and for tokens. A token is only read here: nothing of it
/// is verified or kept.
@Stateless
public class MappingPreview {
  @Inject Providers providers;
  @Inject GroupMappings mappings;

  /// A group, and what its mappings give.
  public record Line(String group, List<GroupMappingDetails> mappings) {}

  @RequiresPermission(Permission.AUTH_OIDC_LIST)
  public List<Line> ofGroups(String providerId, List<String> groups) {
    List<GroupMappingDetails> all = mappings.of(providerId);
    return groups.stream()
        .map(group -> new Line(group, all.stream().filter(m -> m.group().equals(group)).toList()))
        .toList();
  }

  @RequiresPermission(Permission.AUTH_OIDC_LIST)
  public List<Line> ofToken(String providerId, String token) {
    ProviderDetails provider =
        providers
            .byId(providerId)
            .orElseThrow(
                () -> new SallyportException(ProblemType.NOT_FOUND, "There is no such provider."));
    if (!(TokenSyntax.read(token.strip()) instanceof TokenSyntax.Parsed(ParsedToken parsed))) {
      throw SallyportException.invalid("token", "must be a JWT: three parts joined by dots.");
    }
    String claim = provider.groupsClaim();
    return switch (GroupsClaim.read(parsed.claims(), claim)) {
      case GroupsClaim.Groups.Found(List<String> groups) -> ofGroups(providerId, groups);
      case GroupsClaim.Groups.Absent() ->
          throw SallyportException.invalid("token", "has no claim `" + claim + "`.");
      case GroupsClaim.Groups.WrongType() ->
          throw SallyportException.invalid(
              "token", "has a claim `" + claim + "` that is no list of texts.");
    };
  }
}
