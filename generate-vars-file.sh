#!/usr/bin/env bash
# The seven variables of the environment → ./k8s/vars.env, which `kustomize build ./k8s` reads. All must be set; one may be empty.
set -eu

# Expanded before the file is touched: a variable that is not set ends this with the old file, not with half a new one.
content="BILLING_ACCOUNT_ID=${BILLING_ACCOUNT_ID}
SECURITY_ACCOUNT_ID=${SECURITY_ACCOUNT_ID}
ORCHESTRATOR_ROLE=${ORCHESTRATOR_ROLE}
RUNNER_ROLE=${RUNNER_ROLE}
BUCKET_NAME=${BUCKET_NAME}
CRON_SCHEDULE=${CRON_SCHEDULE}
INCLUDE_ACCOUNTS=${INCLUDE_ACCOUNTS}"

printf '%s\n' "$content" >./k8s/vars.env
