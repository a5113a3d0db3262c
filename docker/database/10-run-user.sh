#!/bin/sh
# The user that servers run as. The one that PostgreSQL was made with owns the tables.
set -eu
psql -v ON_ERROR_STOP=1 -v password="$(cat /run/secrets/db-run-password)" \
  -U "$POSTGRES_USER" -d "$POSTGRES_DB" <<'SQL'
create role sallyport login password :'password';
revoke temporary on database sallyport from public;
SQL
