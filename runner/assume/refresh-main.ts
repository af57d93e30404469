// The sidecar `refresh` of the component long-scans: the same identity and role as assume, for as long as the pod lives.
import { readAwsConnection } from '../../clients/aws/connection.ts';
import { type ContainerEnd, runContainerProgram } from '../../clients/container-program.ts';
import { leaveToken, serveCredentials, serveReadiness } from '../../clients/credentials-server.ts';
import type { HttpServer } from '../../clients/http-server.ts';
import { refreshEnvironmentSchema } from '../../contract/container-environment/assume.ts';
import { accountAccess } from './account-access.ts';
import { keepFresh } from './refresh.ts';

const exitCode = await runContainerProgram({
  name: 'refresh',
  environment: process.env,
  schema: refreshEnvironmentSchema,
  body: async ({ facts, environment, log, signal }): Promise<ContainerEnd> => {
    const { INVENTORY_REFRESH_PORT: port, INVENTORY_READY_PORT: readyPort } = facts;
    const { INVENTORY_REFRESH_TOKEN_FILE: tokenFile } = facts;
    const access = accountAccess(facts, readAwsConnection(environment, facts.AWS_REGION));
    const { current, ready, done } = keepFresh(access, log, signal);
    const servers: HttpServer[] = [];
    try {
      if (port !== undefined && tokenFile !== undefined) {
        const token = await leaveToken(tokenFile);
        servers.push(await serveCredentials({ port, token, current, log }));
      }
      await Promise.race([ready, done]);
      if (readyPort !== undefined) servers.push(await serveReadiness(readyPort, log));
      await done;
    } catch (thrown) {
      if (!signal.aborted) throw thrown;
    } finally {
      await Promise.all(servers.map(server => server.close()));
    }
    // Stopped with its pod: that is how a sidecar ends well.
    return { message: { outcome: 'succeeded', message: 'stopped' }, exitCode: 0 };
  },
});

process.exit(exitCode);
