// Direct Connect gateways: every region shows the same ones, so that they are asked for once.
import { DescribeDirectConnectGatewaysCommand, DirectConnectClient } from '@aws-sdk/client-direct-connect';
import { directconnectGateways as catalogue } from '../../../../contract/catalogue/native/directconnect-gateways.ts';
import { defineService } from '../listing.ts';
import { asked } from '../page-walks.ts';

export const directconnectGateways = defineService(catalogue, configuration => new DirectConnectClient(configuration), [
  asked(
    'directconnect-gateways.gateway',
    {
      ask: (client: DirectConnectClient, nextToken: string | undefined, options) =>
        client.send(new DescribeDirectConnectGatewaysCommand({ nextToken }), options),
      next: page => page.nextToken,
    },
    page => page.directConnectGateways,
  ),
]);
