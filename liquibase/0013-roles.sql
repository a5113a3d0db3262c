--liquibase formatted sql

--changeset sallyport:roles-revision
alter table role add column revision bigint not null default 0;
--rollback alter table role drop column revision;

--changeset sallyport:roles-assignment-scope
-- scope is a label selector as JSON text, its keys and values in order; null is everywhere. source
-- says who keeps the row: manual, bootstrap, key, or provider:<id>.
alter table assignment add column scope text;
alter table assignment add column source text not null default 'manual';
alter table assignment drop constraint assignment_actor_kind_actor_id_role_id_key;
alter table assignment add constraint assignment_once
  unique nulls not distinct (actor_kind, actor_id, role_id, scope, source);
create index assignment_role on assignment (role_id);
create index assignment_created on assignment (created_at desc, id desc);
create index assignment_expires on assignment (expires_at) where expires_at is not null;
--rollback drop index assignment_expires; drop index assignment_created; drop index assignment_role; delete from assignment where scope is not null or source <> 'manual'; alter table assignment drop constraint assignment_once; alter table assignment drop column source; alter table assignment drop column scope; alter table assignment add unique (actor_kind, actor_id, role_id);

--changeset sallyport:roles-of-keys
-- What a key may do was a column of it; from now on it is an assignment like any other.
insert into assignment (id, actor_kind, actor_id, role_id, source, expires_at, created_at, created_by)
  select 'asg_' || replace(gen_random_uuid()::text, '-', ''), kind, id, role_id, 'key', expires_at,
    created_at, created_by
  from api_key;
--rollback delete from assignment where source = 'key';
