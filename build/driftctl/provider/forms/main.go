// Prints the form of the attributes that the provider asks for, a line for each resource type of its arguments, as it stands in
// runner/scan/drift/driftctl/attribute-forms.ts: s text, n number, b truth, d any, [list or set], <map>, {object}.
//
//	go run ./forms aws_vpc aws_s3_bucket …
package main

import (
	"fmt"
	"log"
	"os"
	"sort"
	"strings"

	"github.com/terraform-providers/terraform-provider-aws/aws"
	"github.com/hashicorp/go-cty/cty"
)

func formOf(t cty.Type) string {
	switch {
	case t == cty.String:
		return "s"
	case t == cty.Number:
		return "n"
	case t == cty.Bool:
		return "b"
	case t.IsListType() || t.IsSetType():
		return "[" + formOf(t.ElementType()) + "]"
	case t.IsMapType():
		return "<" + formOf(t.ElementType()) + ">"
	case t.IsObjectType():
		return "{" + membersOf(t) + "}"
	}
	return "d"
}

func membersOf(t cty.Type) string {
	members := []string{}
	for name, member := range t.AttributeTypes() {
		members = append(members, name+":"+formOf(member))
	}
	sort.Strings(members)
	return strings.Join(members, ",")
}

func main() {
	resources := aws.Provider().ResourcesMap
	for _, name := range os.Args[1:] {
		resource := resources[name]
		if resource == nil {
			log.Fatalf("the provider has no %s", name)
		}
		fmt.Printf("%s {%s}\n", name, membersOf(resource.CoreConfigSchema().ImpliedType()))
	}
}
