--liquibase formatted sql

--changeset sallyport:issuers-issuer
create table issuer (
  id text primary key,
  iss text not null unique,
  jwks_url text,
  static_jwks text,
  subject_claim text not null default 'sub',
  is_authorization_server boolean not null default true,
  revision bigint not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  check ((jwks_url is null) <> (static_jwks is null))
);
--rollback drop table issuer;
