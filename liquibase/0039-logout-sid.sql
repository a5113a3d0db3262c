--liquibase formatted sql

--changeset sallyport:logout-sid
-- Whose sign-in a logout token ends that names nothing but its `sid`: asked of what is over, too.
-- Each new index serves what the one that goes did.
create index app_session_sid on app_session (issuer, sid, subject) where sid is not null;
drop index app_session_live_sid;
create index app_session_ended_sid on app_session_ended (issuer, sid, subject)
  where sid is not null;
drop index app_session_ended_sign_in;
create index console_session_of_sid on console_session (issuer, sid, subject)
  where sid is not null;
drop index console_session_sid;
--rollback create index console_session_sid on console_session (issuer, sid) where ended_at is null;
--rollback drop index console_session_of_sid;
--rollback create index app_session_ended_sign_in on app_session_ended (issuer, subject, sid)
--rollback   where sid is not null;
--rollback drop index app_session_ended_sid;
--rollback create index app_session_live_sid on app_session (issuer, sid)
--rollback   where ended_at is null and sid is not null;
--rollback drop index app_session_sid;
