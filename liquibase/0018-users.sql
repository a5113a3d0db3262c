--liquibase formatted sql

--changeset sallyport:users-app-user
-- A person is (issuer, subject); what else stands here is as the last sign-in said.
create table app_user (
  id text primary key,
  issuer text not null,
  subject text not null,
  provider_id text not null,
  email text,
  display_name text not null,
  groups text not null,
  created_at timestamptz not null,
  last_sign_in_at timestamptz,
  deactivated_at timestamptz,
  deactivated_by text,
  unique (issuer, subject)
);
create index app_user_name on app_user (lower(display_name), id);
create index app_user_provider on app_user (provider_id);
--rollback drop table app_user;
