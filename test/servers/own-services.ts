// Which requests the servers answer themselves, by the signing service: `/ListResources` alone says nothing, other REST
// services have such paths too.
import { playCloudControl } from './cloud-control.ts';
import { answerConfigCounts } from './config-counts.ts';
import { answerResourceExplorer } from './resource-explorer.ts';
import type { OwnRequest, WireAnswer } from './wire.ts';

export interface OwnService {
  /** The operation's name, which REST requests have in their path. */
  readonly action: string;
  readonly answer: (request: OwnRequest) => WireAnswer;
}

export interface OwnServices {
  /** undefined: not played here. */
  readonly find: (asked: { readonly service: string; readonly action: string }) => OwnService | undefined;
}

export const playOwnServices = (): OwnServices => {
  const answerCloudControl = playCloudControl();
  return {
    find: ({ service, action }) => {
      if (service === 'cloudcontrolapi') return { action, answer: answerCloudControl };
      if (service === 'resource-explorer-2')
        return { action: action.replace(/^POST \//, ''), answer: answerResourceExplorer };
      if (service === 'config' && action === 'GetDiscoveredResourceCounts')
        return { action, answer: answerConfigCounts };
      return undefined;
    },
  };
};
