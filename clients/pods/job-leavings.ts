// Part of the local backend: what ended pods leave for people: reports that were not uploaded, and logs.
import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { attemptFiles, type JobStatus, jobFiles, readWhole } from './job-files.ts';
import { readNames } from './volumes.ts';

export interface KeptVolume {
  readonly attempt: number;
  readonly volume: string;
  readonly path: string;
}

export interface LogFile {
  readonly attempt: number;
  readonly container: string;
  readonly path: string;
}

const attemptNumbers = (directory: string): number[] =>
  readNames(jobFiles(directory).attempts)
    .map(Number)
    .filter(number => number > 0)
    .sort((a, b) => a - b);

/** Disk-backed volumes of failed pods that hold anything, oldest first; those of a running pod are still in use. */
export const listKeptVolumes = (directory: string): KeptVolume[] => {
  const status = readWhole<JobStatus>(jobFiles(directory).status);
  const inUse = status?.phase === 'running' && status.memory !== null ? status.attempts : undefined;
  return attemptNumbers(directory)
    .filter(attempt => attempt !== inUse)
    .flatMap(attempt => {
      const { volumes } = attemptFiles(directory, attempt);
      return readNames(volumes).map(volume => ({ attempt, volume, path: join(volumes, volume) }));
    });
};

export const listLogFiles = (directory: string): LogFile[] =>
  attemptNumbers(directory).flatMap(attempt => {
    const { root } = attemptFiles(directory, attempt);
    return readdirSync(root)
      .filter(file => file.endsWith('.log'))
      .map(file => ({ attempt, container: basename(file, '.log'), path: join(root, file) }));
  });
