#!/bin/sh
# Builds driftctl and the AWS provider that it loads into the directory that is named, as the image and the tests have them:
# ./driftctl, ./.driftctl/plugins/<system>_<processor>/terraform-provider-aws_v<version>, ./licenses, and ./modules, which says what
# each is made of. Needs Go and 4 GB.
set -eu
out=$1
cd "$(dirname "$0")"
# Go cannot tell it from the module's version: this is the commit of the release (its CHANGELOG: 3.40.0, May 13, 2021).
provider=3.40.0
driftctl=$(cd program && go list -m -f '{{.Version}}' github.com/snyk/driftctl)
plugins=$out/.driftctl/plugins/$(go env GOOS)_$(go env GOARCH)
mkdir -p "$plugins" "$out/licenses" "$out/modules"
export CGO_ENABLED=0

build() {
  go build -trimpath -buildvcs=false -mod=readonly "$@"
}

echo "Building driftctl $driftctl and terraform-provider-aws $provider; on two cores with an empty cache this takes ten minutes." >&2
# Side by side: the provider is one large package, which a single core compiles for minutes.
(
  cd program
  # `release` takes away debug logs, and brings the flags that switch telemetry and version check off.
  build -ldflags "-s -w -X github.com/snyk/driftctl/pkg/version.version=$driftctl -X github.com/snyk/driftctl/build.env=release" \
    -o "$out/driftctl" github.com/snyk/driftctl
  echo "Built driftctl." >&2
) &
other=$!
(
  cd provider
  build -ldflags "-s -w -X github.com/terraform-providers/terraform-provider-aws/version.ProviderVersion=$provider" \
    -o "$plugins/terraform-provider-aws_v$provider" .
  echo "Built terraform-provider-aws." >&2
)
wait "$other"

# Both are distributed under their own licences, which have to come with them.
directory() {
  (cd "$1" && go list -m -f '{{.Dir}}' "$2")
}
cp "$(directory program github.com/snyk/driftctl)/LICENSE.md" "$out/licenses/driftctl"
cp "$(directory provider github.com/terraform-providers/terraform-provider-aws)/LICENSE" "$out/licenses/terraform-provider-aws"
chmod 0644 "$out/licenses/driftctl" "$out/licenses/terraform-provider-aws"

# Of the programs themselves: what was compiled into them.
go version -m "$out/driftctl" >"$out/modules/driftctl"
go version -m "$plugins/terraform-provider-aws_v$provider" >"$out/modules/terraform-provider-aws"
