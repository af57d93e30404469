// CodeArtifact: domains and repositories.
import { CodeartifactClient, paginateListDomains, paginateListRepositories } from '@aws-sdk/client-codeartifact';
import { codeartifact as catalogue } from '../../../../contract/catalogue/native/codeartifact.ts';
import { defineService } from '../listing.ts';
import { paged } from '../rows.ts';

const pageSize = 1000;

export const codeartifact = defineService(catalogue, configuration => new CodeartifactClient(configuration), [
  paged('codeartifact.domain', { paginate: paginateListDomains, input: {}, pageSize }, page => page.domains),
  paged(
    'codeartifact.repository',
    { paginate: paginateListRepositories, input: {}, pageSize },
    page => page.repositories,
  ),
]);
