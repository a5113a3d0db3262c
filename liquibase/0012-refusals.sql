--liquibase formatted sql

--changeset sallyport:appauth-refusal
-- The last refused calls, for whoever has to find out why an agent can't get in. Never a token.
create table refusal (
  id bigint generated always as identity primary key,
  at timestamptz not null,
  app_id text,
  app_name text,
  code text not null,
  iss text,
  aud text,
  sub text,
  kid text,
  client text,
  address text,
  failing_check text,
  expected text,
  found text,
  request_id text
);
create index refusal_at on refusal (at desc);
--rollback drop table refusal;
