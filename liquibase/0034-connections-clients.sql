--liquibase formatted sql

--changeset sallyport:connections-client-own-redirect
-- Whether people come back from the client's authorization server to an address of its own. Clients
-- that admins registered before are registered there with the common one.
alter table oauth_client add column own_redirect boolean not null default false;
--rollback alter table oauth_client drop column own_redirect;
