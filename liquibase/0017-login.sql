--liquibase formatted sql

--changeset sallyport:login-oidc-provider
create table oidc_provider (
  id text primary key,
  name text not null unique,
  issuer_id text not null references issuer (id),
  client_id text not null,
  client_secret text not null,
  scopes text not null,
  groups_claim text not null,
  userinfo_fallback boolean not null,
  allowed_email_domains text not null,
  iat_window_seconds integer not null check (iat_window_seconds between 1 and 600),
  require_at_hash boolean not null,
  logout_clients text not null,
  logout_ends text not null check (logout_ends in ('session', 'person')),
  end_connections_on_logout boolean not null,
  self_service boolean not null,
  enabled boolean not null,
  revision bigint not null,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create index oidc_provider_issuer on oidc_provider (issuer_id);
--rollback drop table oidc_provider;

--changeset sallyport:login-oidc-group-mapping
create table oidc_group_mapping (
  id text primary key,
  provider_id text not null references oidc_provider (id) on delete cascade,
  group_name text not null,
  role_id text not null references role (id),
  scope text,
  created_at timestamptz not null,
  created_by text not null,
  unique nulls not distinct (provider_id, group_name, role_id, scope)
);
--rollback drop table oidc_group_mapping;

--changeset sallyport:login-pre-login
-- A sign-in between its start and the identity provider's answer; the content is encrypted.
create table pre_login (
  id text primary key,
  content text not null,
  address_group text not null,
  created_at timestamptz not null,
  expires_at timestamptz not null
);
create index pre_login_created on pre_login (created_at);
create index pre_login_address on pre_login (address_group, created_at);
--rollback drop table pre_login;

--changeset sallyport:login-recent-sign-in
-- The last sign-ins, for the question who would get what.
create table recent_sign_in (
  user_id text primary key,
  provider_id text not null references oidc_provider (id) on delete cascade,
  name text not null,
  group_names text not null,
  at timestamptz not null
);
create index recent_sign_in_at on recent_sign_in (at);
--rollback drop table recent_sign_in;
