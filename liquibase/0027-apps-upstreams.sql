--liquibase formatted sql

--changeset sallyport:apps-traffic
alter table app add column affinity text not null default 'none' check (affinity in ('none', 'session', 'person'));
alter table app add column health_check text not null default 'none' check (health_check in ('none', 'tcp', 'mcp'));
alter table app add column max_calls_per_upstream int check (max_calls_per_upstream > 0);
alter table app add column max_waiting int not null default 100 check (max_waiting >= 0);
--rollback alter table app drop column affinity, drop column health_check, drop column max_calls_per_upstream, drop column max_waiting;

--changeset sallyport:apps-upstream-lease
alter table upstream add column reported_by text;
alter table upstream add column leased_until timestamptz;
alter table upstream add constraint upstream_lease check ((reported_by is null) = (leased_until is null));
create index upstream_leased on upstream (leased_until) where leased_until is not null;
--rollback drop index upstream_leased; alter table upstream drop column reported_by, drop column leased_until;
