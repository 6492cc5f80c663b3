#!/bin/bash
# Make the role and the user by which the archive uses Elasticsearch: its own indices and nothing else. Again: sets them anew.
set -euo pipefail
: "${ELASTIC_PASSWORD:?}" "${ELASTICSEARCH_ARCHIVE_PASSWORD:?}"

# Passwords go in by standard input, not on the command line, where any process could read them.
ask() {
  curl --silent --show-error --fail-with-body --output /dev/null --config - --header 'Content-Type: application/json' \
    --request PUT "http://elasticsearch:9200$1" --data "@$2" <<<"user = \"elastic:${ELASTIC_PASSWORD}\""
}

cat >/tmp/role.json <<'JSON'
{"cluster": ["monitor"], "indices": [{"names": ["casetrail", "casetrail-*"],
 "privileges": ["create_index", "delete_index", "manage", "read", "view_index_metadata", "write"]}]}
JSON
printf '{"password": "%s", "roles": ["casetrail"]}' "$ELASTICSEARCH_ARCHIVE_PASSWORD" >/tmp/user.json

ask /_security/role/casetrail /tmp/role.json
ask /_security/user/casetrail /tmp/user.json
echo "the user casetrail is there"
