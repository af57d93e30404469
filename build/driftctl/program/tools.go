//go:build tools

// Names the program that build.sh builds, so that go.mod keeps it.
package tools

import _ "github.com/snyk/driftctl"
