--liquibase formatted sql

--changeset sallyport:connections-grant
-- What people granted us at authorization servers. Tokens are Tink ciphertext, bound to table, row
-- and column; they are gone once a grant has ended and was revoked at its server (revoke_at is when
-- that is tried next). sent_at stands while the answer to a refresh is outstanding.
create table connection_grant (
  id text primary key,
  issuer text not null,
  subject text not null,
  username text not null,
  server text not null,
  client_id text not null,
  oauth_client text not null,
  resource text not null,
  session_id text,
  scopes text[] not null,
  access_token text,
  refresh_token text,
  id_token text,
  expires_at timestamptz,
  connected_at timestamptz not null,
  refreshed_at timestamptz not null,
  sent_at timestamptz,
  failures int not null default 0,
  next_attempt_at timestamptz,
  last_error text,
  last_error_at timestamptz,
  revision bigint not null,
  ended_at timestamptz,
  ended_reason text,
  ended_by text,
  revoke_at timestamptz,
  revoke_attempts int not null default 0,
  revocation text
) with (fillfactor = 80);
create unique index connection_grant_one_live
  on connection_grant (issuer, subject, server, client_id, resource, session_id)
  nulls not distinct where ended_at is null;
create index connection_grant_person on connection_grant (issuer, subject, connected_at desc);
create index connection_grant_list on connection_grant (connected_at desc, id);
create index connection_grant_client on connection_grant (oauth_client) where ended_at is null;
create index connection_grant_session on connection_grant (session_id)
  where ended_at is null and session_id is not null;
create index connection_grant_revoke on connection_grant (revoke_at) where revoke_at is not null;
--rollback drop table connection_grant;

--changeset sallyport:connections-grant-app
-- Which apps a grant serves; more than one where apps share it.
create table connection_grant_app (
  grant_id text not null references connection_grant (id) on delete cascade,
  app_id text not null references app (id) on delete cascade,
  primary key (grant_id, app_id)
);
create index connection_grant_app_app on connection_grant_app (app_id);
--rollback drop table connection_grant_app;

--changeset sallyport:connections-consent
-- That an agent's client may use a person's connection at an app; for one session where the client
-- has no name.
create table connection_consent (
  id text primary key,
  issuer text not null,
  subject text not null,
  agent_client text not null,
  app_id text not null references app (id) on delete cascade,
  session_id text,
  scopes text[] not null,
  at timestamptz not null
);
create unique index connection_consent_one
  on connection_consent (issuer, subject, agent_client, app_id, session_id) nulls not distinct;
create index connection_consent_session on connection_consent (session_id)
  where session_id is not null;
--rollback drop table connection_consent;
