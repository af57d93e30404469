// Elastic Beanstalk: applications, their versions and their environments; the SDK pages none of them.
import {
  DescribeApplicationsCommand,
  DescribeApplicationVersionsCommand,
  DescribeEnvironmentsCommand,
  ElasticBeanstalkClient,
} from '@aws-sdk/client-elastic-beanstalk';
import { elasticbeanstalk as catalogue } from '../../../../contract/catalogue/native/elasticbeanstalk.ts';
import { defineService } from '../listing.ts';
import { asked } from '../page-walks.ts';
import { single } from '../rows.ts';

type Client = ElasticBeanstalkClient;

/** Without a number it answers with all of them at once. */
const MaxRecords = 200;

const next = (page: { readonly NextToken?: string | undefined }) => page.NextToken;

export const elasticbeanstalk = defineService(catalogue, configuration => new ElasticBeanstalkClient(configuration), [
  single(
    'elasticbeanstalk.application',
    async (client: Client, options) => (await client.send(new DescribeApplicationsCommand({}), options)).Applications,
  ),
  asked(
    'elasticbeanstalk.environment',
    {
      ask: (client: Client, NextToken: string | undefined, options) =>
        // Terminated ones are shown for an hour more.
        client.send(new DescribeEnvironmentsCommand({ IncludeDeleted: false, MaxRecords, NextToken }), options),
      next,
    },
    page => page.Environments,
  ),
  asked(
    'elasticbeanstalk.application-version',
    {
      ask: (client: Client, NextToken: string | undefined, options) =>
        client.send(new DescribeApplicationVersionsCommand({ MaxRecords, NextToken }), options),
      next,
    },
    page => page.ApplicationVersions,
  ),
]);
