# The seven variables of the environment → ./k8s/vars.env, as generate-vars-file.sh writes it. Windows has no empty variable,
# so INCLUDE_ACCOUNTS alone may be missing: it is empty then, which means all accounts.
$ErrorActionPreference = "Stop"

$content = @(
    "BILLING_ACCOUNT_ID=$((Get-Item -Path Env:BILLING_ACCOUNT_ID).Value)"
    "SECURITY_ACCOUNT_ID=$((Get-Item -Path Env:SECURITY_ACCOUNT_ID).Value)"
    "ORCHESTRATOR_ROLE=$((Get-Item -Path Env:ORCHESTRATOR_ROLE).Value)"
    "RUNNER_ROLE=$((Get-Item -Path Env:RUNNER_ROLE).Value)"
    "BUCKET_NAME=$((Get-Item -Path Env:BUCKET_NAME).Value)"
    "CRON_SCHEDULE=$((Get-Item -Path Env:CRON_SCHEDULE).Value)"
    "INCLUDE_ACCOUNTS=$($Env:INCLUDE_ACCOUNTS)"
    ""
) -join "`n"

# Not Out-File: it writes a byte order mark and carriage returns, which kustomize would take as parts of names and values.
[System.IO.File]::WriteAllText((Join-Path (Get-Location).Path "k8s/vars.env"), $content)
