// EMR Serverless: applications that were not terminated.
import { type ApplicationState, EMRServerlessClient, paginateListApplications } from '@aws-sdk/client-emr-serverless';
import { emrServerless as catalogue } from '../../../../contract/catalogue/native/emr-serverless.ts';
import { defineService } from '../listing.ts';
import { paged } from '../rows.ts';

const states: ApplicationState[] = ['CREATING', 'CREATED', 'STARTING', 'STARTED', 'STOPPING', 'STOPPED'];

export const emrServerless = defineService(catalogue, configuration => new EMRServerlessClient(configuration), [
  paged(
    'emr-serverless.application',
    { paginate: paginateListApplications, input: { states } },
    page => page.applications,
  ),
]);
