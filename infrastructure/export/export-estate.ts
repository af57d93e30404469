// `infrastructure export`: the estate in the format that somebody asks for. Pure.
import type { DesiredResource, EstateFacts } from '../../contract/access/estate.ts';
import { cloudformationFiles } from './cloudformation-files.ts';
import { jsonFiles } from './document-files.ts';
import type { ExportedFile } from './exported-file.ts';
import { terraformFiles } from './terraform-files.ts';

export const exportFormats = ['terraform', 'cloudformation', 'json'] as const;
export type ExportFormat = (typeof exportFormats)[number];

export const exportEstate = (
  format: ExportFormat,
  estate: readonly DesiredResource[],
  facts: Pick<EstateFacts, 'partition' | 'region'>,
): ExportedFile[] => {
  switch (format) {
    case 'terraform':
      return terraformFiles(estate, facts);
    case 'cloudformation':
      return cloudformationFiles(estate, facts.partition);
    case 'json':
      return jsonFiles(estate);
  }
};
