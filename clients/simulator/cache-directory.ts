// Tools that are fetched or built once per user and version, so that a second clone starts in seconds.
import { homedir } from 'node:os';
import { join } from 'node:path';

type Environment = Readonly<Record<string, string | undefined>>;

/** `${XDG_CACHE_HOME:-~/.cache}/aws-inventory-orchestrator/<tool>`. */
export const cacheDirectory = (environment: Environment, tool: string): string =>
  join(environment['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'aws-inventory-orchestrator', tool);
