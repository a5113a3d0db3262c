--liquibase formatted sql

--changeset sallyport:apps-public-address
-- It was a host name and is an origin now. Browsers tell cookies apart by host and not by port, so
-- no two apps may share a host; and only HTTP apps are opened in browsers.
update app set public_address = null where kind <> 'http';
update app set public_address = 'https://' || lower(public_address)
  where public_address is not null and public_address !~ '^https?://';
create unique index app_public_host
  on app (substring(public_address from '://(\[[^]]+\]|[^:/]+)'));
--rollback drop index app_public_host;
--rollback update app set public_address = substring(public_address from '://(\[[^]]+\]|[^:/]+)');
