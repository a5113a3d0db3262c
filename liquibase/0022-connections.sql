--liquibase formatted sql

--changeset sallyport:connections-upstream-credential
-- What an app's upstreams get besides the call; no row: the assertion. settings holds no secret;
-- secret is Tink ciphertext, bound to table, row and column.
create table upstream_credential (
  app_id text primary key references app (id) on delete cascade,
  kind text not null,
  settings text not null,
  secret text,
  revision bigint not null,
  updated_at timestamptz not null
);
--rollback drop table upstream_credential;
