--liquibase formatted sql

--changeset sallyport:appauth-app-auth-config
create table app_auth_config (
  id text primary key,
  name text not null unique,
  description text not null default '',
  issuer_id text not null references issuer (id),
  app_labels text not null,
  audience text,
  username_claims text not null,
  algorithms text not null,
  max_token_age_seconds bigint,
  session_lifetime_seconds bigint not null,
  idle_timeout_seconds bigint not null,
  allow_rules text not null,
  required_scopes text not null,
  allowed_clients text not null,
  via_apps text not null,
  accept_id_tokens boolean not null default false,
  priority int not null default 0,
  enabled boolean not null default true,
  revision bigint not null,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create index app_auth_config_issuer on app_auth_config (issuer_id);
--rollback drop table app_auth_config;
