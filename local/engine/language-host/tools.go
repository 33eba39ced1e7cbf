//go:build tools

// Package languagehost pins the Node.js language host of the CLI that is built: a module of its own, because newer ones are
// not published as a Go module.
package languagehost

import _ "github.com/pulumi/pulumi/sdk/v3/nodejs/cmd/pulumi-language-nodejs"
