#!/bin/sh
# Write .env and deploy/secrets/s3.json with fresh random passwords and keys, once. Nothing that is there is overwritten.
set -eu
cd "$(dirname "$0")/.."
for file in .env deploy/secrets/s3.json; do
  [ ! -e "$file" ] || { echo "$file is there already; nothing was changed" >&2; exit 1; }
done

random() { od -An -N"$1" -tx1 /dev/urandom | tr -d ' \n'; }

umask 077
mkdir -p deploy/secrets
admin_key=$(random 10) admin_secret=$(random 32) archive_key=$(random 10) archive_secret=$(random 32)
sed -e "s/^ELASTIC_PASSWORD=.*/ELASTIC_PASSWORD=$(random 24)/" \
    -e "s/^ELASTICSEARCH_ARCHIVE_PASSWORD=.*/ELASTICSEARCH_ARCHIVE_PASSWORD=$(random 24)/" \
    -e "s/^POSTGRES_PASSWORD=.*/POSTGRES_PASSWORD=$(random 24)/" \
    -e "s/^S3_ADMIN_ACCESS_KEY=.*/S3_ADMIN_ACCESS_KEY=$admin_key/" -e "s/^S3_ADMIN_SECRET_KEY=.*/S3_ADMIN_SECRET_KEY=$admin_secret/" \
    -e "s/^S3_ARCHIVE_ACCESS_KEY=.*/S3_ARCHIVE_ACCESS_KEY=$archive_key/" \
    -e "s/^S3_ARCHIVE_SECRET_KEY=.*/S3_ARCHIVE_SECRET_KEY=$archive_secret/" .env.example >.env
cat >deploy/secrets/s3.json <<JSON
{"identities": [
  {"name": "admin", "credentials": [{"accessKey": "$admin_key", "secretKey": "$admin_secret"}], "actions": ["Admin"]},
  {"name": "archive", "credentials": [{"accessKey": "$archive_key", "secretKey": "$archive_secret"}],
   "actions": ["Read:casetrail", "Write:casetrail", "List:casetrail"]}
]}
JSON
chmod 0444 deploy/secrets/s3.json  # the container's user must read it; the folder above is closed to others
echo "wrote .env and deploy/secrets/s3.json; now set SEAWEEDFS_IMAGE in .env (docs/operations.md)"
