// Brings the sandbox up: the simulator, the refusing proxy before it, and an Organization worth sweeping.
import { fileURLToPath } from 'node:url';
import { startMoto } from '../clients/simulator/moto.ts';
import { prepareMoto } from '../clients/simulator/moto-environment.ts';
import { type BuiltOrganization, buildOrganization } from '../clients/simulator/organization.ts';
import { startRefusingProxy } from '../clients/simulator/proxy.ts';
import { faultRules } from './faults.ts';
import { planOrganization, type SandboxAccount, type SandboxSize } from './organization.ts';
import { planStates } from './states.ts';
import type { StatusLine } from './status-line.ts';

export interface Sandbox {
  /** The endpoint of every AWS service. */
  readonly url: string;
  readonly organization: BuiltOrganization<SandboxAccount>;
  readonly stop: () => Promise<void>;
}

export interface SandboxOptions extends SandboxSize {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly status: StatusLine;
  /** Given up between two steps when it aborts. */
  readonly signal: AbortSignal;
}

/** Any number; it decides the ids of the accounts, which are the same on every machine. */
const seed = 20_261_120;

/** Throws simulator-unavailable; whatever was started by then is stopped. */
export const startSandbox = async (options: SandboxOptions): Promise<Sandbox> => {
  const { status, signal } = options;
  const python = await prepareMoto({
    environment: options.environment,
    requirements: fileURLToPath(new URL('requirements.txt', import.meta.url)),
    announce: status.say,
    progress: (fetched, packages) => status.show(`fetching packages: ${fetched} of ${packages}`),
  });
  signal.throwIfAborted();
  const moto = await startMoto(python);
  const proxy = await startRefusingProxy({ upstream: moto.url });
  const stop = async () => {
    await proxy.stop();
    await moto.stop();
  };
  try {
    signal.throwIfAborted();
    const organization = await buildOrganization({
      // The proxy has nothing to say yet, and would only cost time.
      url: moto.url,
      plan: planOrganization(options),
      seed,
      states: planStates,
      progress: (built, accounts) => {
        signal.throwIfAborted();
        status.show(`building the Organization: ${built} of ${accounts} accounts`);
      },
    });
    proxy.setRules(faultRules(organization.members));
    return { url: proxy.url, organization, stop };
  } catch (error) {
    await stop();
    throw error;
  }
};
