// A stand-in for the earlier runner's program: one AssumeRole, then a credentials file. What npm run bench:runner compares assume with.
package main

import (
	"context"
	"fmt"
	"os"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/service/sts"
)

func fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(2)
}

// Arguments: the role's ARN, the path of the file.
func main() {
	ctx := context.Background()
	settings, err := config.LoadDefaultConfig(ctx)
	if err != nil {
		fail(err)
	}
	answer, err := sts.NewFromConfig(settings).AssumeRole(ctx, &sts.AssumeRoleInput{
		RoleArn:         aws.String(os.Args[1]),
		RoleSessionName: aws.String("inventory"),
	})
	if err != nil {
		fail(err)
	}
	text := fmt.Sprintf(
		"[default]\naws_access_key_id = %s\naws_secret_access_key = %s\naws_session_token = %s\n",
		*answer.Credentials.AccessKeyId, *answer.Credentials.SecretAccessKey, *answer.Credentials.SessionToken,
	)
	if err := os.WriteFile(os.Args[2], []byte(text), 0o600); err != nil {
		fail(err)
	}
}
