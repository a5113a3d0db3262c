package peer;

import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.cloud.gateway.route.RouteLocator;
import org.springframework.cloud.gateway.route.builder.RouteLocatorBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusReactiveJwtDecoder;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.context.NoOpServerSecurityContextRepository;

/// Spring Cloud Gateway as a resource server: each request's token is verified, then it is passed on
/// without it.
@SpringBootApplication(proxyBeanMethods = false)
public class SpringPeer {
  public static void main(String[] arguments) {
    SpringApplication.run(SpringPeer.class, arguments);
  }

  @Bean
  RouteLocator routes(RouteLocatorBuilder routes, @Value("${peer.upstream}") String upstream) {
    return routes
        .routes()
        .route(
            "app",
            route ->
                route
                    .alwaysTrue()
                    .filters(filters -> filters.removeRequestHeader("Authorization"))
                    .uri(upstream))
        .build();
  }

  @Bean
  ReactiveJwtDecoder decoder(
      @Value("${peer.jwks}") String jwks,
      @Value("${peer.issuer}") String issuer,
      @Value("${peer.audience}") String audience) {
    var decoder = NimbusReactiveJwtDecoder.withJwkSetUri(jwks).build();
    decoder.setJwtValidator(
        new DelegatingOAuth2TokenValidator<>(
            JwtValidators.createDefaultWithIssuer(issuer),
            new JwtClaimValidator<List<String>>("aud", aud -> aud.contains(audience))));
    return decoder;
  }

  @Bean
  SecurityWebFilterChain security(ServerHttpSecurity http) {
    return http
        .csrf(ServerHttpSecurity.CsrfSpec::disable)
        .securityContextRepository(NoOpServerSecurityContextRepository.getInstance())
        .authorizeExchange(exchanges -> exchanges.anyExchange().authenticated())
        .oauth2ResourceServer(server -> server.jwt(jwt -> {}))
        .build();
  }
}
