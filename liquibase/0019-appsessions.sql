--liquibase formatted sql

--changeset sallyport:appsessions-block-whom
-- A null subject means anybody, a null cutoff every token whenever it was issued, a null until for
-- as long as nobody lifts it.
alter table block alter column subject drop not null;
alter table block alter column cutoff drop not null;
alter table block alter column until drop not null;
alter table block add column note text;
drop index block_person;
create index block_whom on block (issuer, subject, sid);
create index block_newest on block (revoked_at desc, id);
--rollback delete from block where subject is null or cutoff is null or until is null;
--rollback drop index block_newest; drop index block_whom;
--rollback create index block_person on block (issuer, subject);
--rollback alter table block drop column note;
--rollback alter table block alter column until set not null;
--rollback alter table block alter column cutoff set not null;
--rollback alter table block alter column subject set not null;

--changeset sallyport:appsessions-sign-in-known
-- Whether the tokens tell when the person signed in: a refresh can then be told from a sign-in.
alter table app_session add column has_auth_time boolean not null default false;
--rollback alter table app_session drop column has_auth_time;

--changeset sallyport:appsessions-live-sid
create index app_session_live_sid on app_session (issuer, sid)
  where ended_at is null and sid is not null;
--rollback drop index app_session_live_sid;
