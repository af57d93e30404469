// Reads HCL on stdin as Terraform's own parser does and writes the import blocks as JSON: where they lead, and their ids.
// With the argument `heads` it writes the types and labels of all blocks.
package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
)

type block struct {
	To string `json:"to"`
	Id string `json:"id"`
}

func main() {
	text, err := io.ReadAll(os.Stdin)
	if err != nil {
		fail(err)
	}
	file, problems := hclsyntax.ParseConfig(text, "import.tf", hcl.InitialPos)
	if problems.HasErrors() {
		fail(problems)
	}
	if len(os.Args) > 1 && os.Args[1] == "heads" {
		heads := [][]string{}
		for _, each := range file.Body.(*hclsyntax.Body).Blocks {
			heads = append(heads, append([]string{each.Type}, each.Labels...))
		}
		write(heads)
		return
	}
	blocks := []block{}
	for _, each := range file.Body.(*hclsyntax.Body).Blocks {
		attributes := each.Body.Attributes
		to, problems := hcl.AbsTraversalForExpr(attributes["to"].Expr)
		if problems.HasErrors() {
			fail(problems)
		}
		id, problems := attributes["id"].Expr.Value(nil)
		if problems.HasErrors() || each.Type != "import" {
			fail(fmt.Errorf("%s: %v", each.Type, problems))
		}
		step := to[1].(hcl.TraverseAttr)
		blocks = append(blocks, block{To: to.RootName() + "." + step.Name, Id: id.AsString()})
	}
	write(blocks)
}

func write(value any) {
	if err := json.NewEncoder(os.Stdout).Encode(value); err != nil {
		fail(err)
	}
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}
