#!/usr/bin/env bash
# Adds a migration of one name for both providers: tools/MigrationsHost/add-migration.sh Initial
set -euo pipefail
cd "$(dirname "$0")/../.."
name=${1:?name of the migration}
dotnet tool restore >/dev/null
dotnet build tools/MigrationsHost -v q -nologo
for provider in Sqlite Postgres; do
  dotnet ef migrations add "$name" --no-build --context "${provider}WorkbenchContext" --output-dir "Store/Migrations/$provider" \
    --project CreditWorkbench.Core --startup-project tools/MigrationsHost
done
