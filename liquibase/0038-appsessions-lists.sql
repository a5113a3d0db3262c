--liquibase formatted sql

--changeset sallyport:appsessions-live-filters
-- Each filter of the list in the list's order: what is found comes sorted, and what is not there is
-- known at once, whatever the statistics say.
create index app_session_live_app_name on app_session (app_name, started_at desc, id)
  where ended_at is null;
create index app_session_live_config on app_session (config_name, started_at desc, id)
  where ended_at is null;
create index app_session_live_issuer on app_session (issuer, started_at desc, id)
  where ended_at is null;
create index app_session_live_client on app_session (client, started_at desc, id)
  where ended_at is null;
--rollback drop index app_session_live_client; drop index app_session_live_issuer;
--rollback drop index app_session_live_config; drop index app_session_live_app_name;

--changeset sallyport:appsessions-look
-- When the sweep looks at a session next: never later than it could be over. An index on the last
-- use itself would be written with every use.
alter table app_session add column look_at timestamptz not null default '-infinity';
alter table app_session_ended add column look_at timestamptz not null default '-infinity';
create index app_session_live_look on app_session (look_at) where ended_at is null;
--rollback alter table app_session drop column look_at;
--rollback alter table app_session_ended drop column look_at;
