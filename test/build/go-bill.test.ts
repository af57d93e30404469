// What Go compiled into a program, as `go version -m` says it → its bill of materials.
import { expect, it } from 'vitest';
import { goBill } from '../../build/sbom.ts';

const driftctl = `/opt/driftctl/driftctl: go1.26.1
\tpath\tgithub.com/snyk/driftctl
\tmod\tgithub.com/snyk/driftctl\tv0.40.0\th1:abc=
\tdep\tgithub.com/aws/aws-sdk-go\tv1.44.0\th1:def=
\tdep\tgithub.com/old/name\tv1.0.0
\t=>\tgithub.com/new/name\tv1.2.0\th1:ghi=
\tbuild\t-trimpath=true
`;
const provider = `/opt/terraform-provider-aws: go1.26.1
\tpath\ttools/provider
\tmod\ttools/provider\t(devel)
\tdep\tgithub.com/aws/aws-sdk-go\tv1.44.0\th1:def=
\tdep\tgithub.com/hashicorp/terraform-provider-aws\tv1.60.1\th1:jkl=
`;

it('names each module once, what stands in place of another, and no module that is nobody’s release', () => {
  const { bomFormat, components } = goBill([driftctl, provider]);
  expect(bomFormat).toBe('CycloneDX');
  expect(components.map(({ type, purl }) => [type, purl])).toEqual([
    ['library', 'pkg:golang/github.com/aws/aws-sdk-go@v1.44.0'],
    ['library', 'pkg:golang/github.com/hashicorp/terraform-provider-aws@v1.60.1'],
    ['library', 'pkg:golang/github.com/new/name@v1.2.0'],
    ['application', 'pkg:golang/github.com/snyk/driftctl@v0.40.0'],
  ]);
});
