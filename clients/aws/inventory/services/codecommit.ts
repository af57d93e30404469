// CodeCommit: the listing gives names of repositories, which are described many at once.
import { BatchGetRepositoriesCommand, CodeCommitClient, paginateListRepositories } from '@aws-sdk/client-codecommit';
import { codecommit as catalogue } from '../../../../contract/catalogue/native/codecommit.ts';
import { type DescribedRow, described } from '../described-rows.ts';
import { defineService } from '../listing.ts';
import { asItems, walkPages } from '../rows.ts';

const repositories: DescribedRow<CodeCommitClient, 'codecommit.repository'> = {
  type: 'codecommit.repository',
  names: async function* names(client, abortSignal) {
    for await (const page of walkPages(client, { paginate: paginateListRepositories, input: {} }, abortSignal)) {
      yield asItems(page.repositories);
    }
  },
  batch: 100,
  describe: async ({ client, items, abortSignal }) => {
    const repositoryNames = items.map(({ fields }) => (fields as { repositoryName: string }).repositoryName);
    const command = new BatchGetRepositoriesCommand({ repositoryNames });
    const { repositories: found = [], errors = [] } = await client.send(command, { abortSignal });
    const failed = new Map(errors.map(error => [error.repositoryName, error]));
    const [error] = errors;
    return {
      // Those that have no key to be read with stay with their name.
      items: [
        ...asItems(found),
        ...items.filter(({ fields }) => failed.has((fields as { repositoryName: string }).repositoryName)),
      ],
      ...(error === undefined
        ? {}
        : { undescribed: { name: error.errorCode ?? 'NotDescribed', message: error.errorMessage ?? '' } }),
    };
  },
  // What was deleted since it was listed is left out of the answer.
  gone: [],
};

export const codecommit = defineService(catalogue, configuration => new CodeCommitClient(configuration), [
  described(repositories),
]);
