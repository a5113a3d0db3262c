--liquibase formatted sql

--changeset sallyport:connections-clients
-- This gateway as a client of authorization servers: those that an admin registered, and those that
-- registered themselves. One of each kind for an issuer; secret is Tink ciphertext, bound to table,
-- row and column. redirect_uri, probed and secret_ends are of the second kind only.
create table oauth_client (
  id text primary key,
  issuer text not null,
  kind text not null check (kind in ('pre_registered', 'registered')),
  client_id text not null,
  secret text,
  auth_method text not null check (auth_method in ('basic', 'post', 'none')),
  redirect_uri text,
  probed boolean not null,
  secret_ends timestamptz,
  revision bigint not null,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create unique index oauth_client_issuer on oauth_client (rtrim(issuer, '/'), kind);
--rollback drop table oauth_client;

--changeset sallyport:connections-app-tls
-- An app's own TLS: what this gateway shows when it is asked who it is, and authorities that count
-- besides the system's; towards the app's upstreams, or towards the token endpoint of its
-- credential. private_key is Tink ciphertext, bound to table, row (app and use) and column.
create table app_tls (
  app_id text not null references app (id) on delete cascade,
  use text not null check (use in ('upstream', 'token-endpoint')),
  certificate text,
  private_key text,
  authorities text,
  revision bigint not null,
  updated_at timestamptz not null,
  primary key (app_id, use)
);
--rollback drop table app_tls;

--changeset sallyport:connections-app-discovery
-- Where people sign in for an app, as it was last found: used while the app's servers can't be
-- asked. asked_for is the address and the settings that it was found for. Holds nothing secret.
create table app_discovery (
  app_id text primary key references app (id) on delete cascade,
  asked_for text not null,
  found text not null,
  found_at timestamptz not null
);
--rollback drop table app_discovery;
