--liquibase formatted sql

--changeset sallyport:launch-sign-in
-- What the provider said at the sign-in; Tink ciphertext, bound to table, row and column. Sessions
-- from before have none: their people sign in again before they open an app.
alter table console_session add column claims text;
--rollback alter table console_session drop column claims;

--changeset sallyport:launch-code
-- A sign-in on its way from the console's host to an app's, for a minute; challenge is the hash of
-- what only the right browser knows.
create table app_code (
  hash bytea primary key check (length(hash) = 32),
  app_id text not null,
  challenge bytea not null check (length(challenge) = 32),
  console_session_id text not null,
  expires_at timestamptz not null
);
create index app_code_console_session on app_code (console_session_id, expires_at);
create index app_code_expires on app_code (expires_at);
--rollback drop table app_code;

--changeset sallyport:launch-cookie
-- A browser that is signed in at an app's own host. The cookie's hash is a token of the app session;
-- claims is Tink ciphertext, bound to table, row and column.
create table app_cookie (
  id text primary key,
  app_id text not null,
  session_id text not null references app_session (id) on delete cascade,
  console_session_id text not null,
  claims text not null,
  expires_at timestamptz not null
);
create index app_cookie_session on app_cookie (session_id);
create index app_cookie_console_session on app_cookie (console_session_id);
create index app_cookie_expires on app_cookie (expires_at);
--rollback drop table app_cookie;
