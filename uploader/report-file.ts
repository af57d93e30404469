// One report file: opened without following links, checked, and then sent from the same open file and no other.
import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import { InventoryError } from '../contract/errors.ts';
import { isPlainInventory, ReportCheck } from './account-check.ts';
import type { Candidate } from './reports-directory.ts';

/** Up to this size a report is read once and sent in one request; a larger one is read twice, piece by piece. */
const wholeLimit = 16 * 1024 * 1024;
const pieceSize = 1024 * 1024;
/** Up to this size an inventory may be parsed: at the worst, its values take 70 MB. */
const parsedLimit = 1024 * 1024;

/** `reason` says of the file (“it …”) why it is not sent. */
export const rejection = (reason: string, cause?: unknown): InventoryError =>
  new InventoryError('report-rejected', reason, { cause });

export interface CheckedReport {
  readonly bytes: number;
  /** Lower-case hex. */
  readonly sha256: string;
  /** What was checked, when it is small enough to be held; otherwise read it by `readPieces`. */
  readonly content: Buffer | undefined;
}

const reasons: Readonly<Record<string, string>> = {
  ELOOP: 'it is a symbolic link',
  ENXIO: 'it is a socket or a device',
  ENOENT: 'it vanished',
};

/**
 * Opens the file, which is closed by the caller. O_NOFOLLOW, because a link would send another file under a report's name;
 * O_NONBLOCK, because opening a FIFO that nobody writes to would wait for ever. Throws report-rejected for anything but a file.
 */
export const openReport = async (directory: string, file: string): Promise<FileHandle> => {
  const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
  const handle = await open(join(directory, file), flags).catch((thrown: NodeJS.ErrnoException) => {
    const code = thrown.code ?? 'unknown error';
    throw rejection(reasons[code] ?? `it cannot be opened: ${code}`, thrown);
  });
  const facts = await handle.stat();
  if (facts.isFile()) return handle;
  await handle.close();
  throw rejection(facts.isDirectory() ? 'it is a directory' : 'it is not a regular file');
};

/** A read may give less than was asked for in the middle of a file: only nothing at all is its end. */
const readFully = async (handle: FileHandle, buffer: Buffer, position: number): Promise<number> => {
  let filled = 0;
  while (filled < buffer.length) {
    const { bytesRead } = await handle.read(buffer, filled, buffer.length - filled, position + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return filled;
};

/**
 * The file's bytes from its beginning, `size` at a time and fewer at the end. All pieces share one buffer, so that a large
 * file leaves no garbage behind: a piece is gone once the next one is asked for.
 */
export async function* readPieces(handle: FileHandle, size: number): AsyncGenerator<Buffer> {
  const buffer = Buffer.allocUnsafe(size);
  for (let position = 0; ; position += size) {
    const filled = await readFully(handle, buffer, position);
    if (filled > 0) yield buffer.subarray(0, filled);
    if (filled < size) return;
  }
}

type CandidateOfAccount = Candidate & { readonly accountId: string };

const byteOrderMark = Buffer.from([0xef, 0xbb, 0xbf]);

const refuseByteOrderMark = (start: Buffer): void => {
  if (start.subarray(0, 3).equals(byteOrderMark)) {
    throw rejection('it begins with a byte order mark, which JSON does not have');
  }
};

const refuseOtherSize = (bytes: number, size: number): void => {
  if (bytes !== size) throw rejection(`it ${bytes > size ? 'grew' : 'shrank'} while it was read`);
};

const checkHeld = async (handle: FileHandle, report: CandidateOfAccount, size: number): Promise<CheckedReport> => {
  // With room for a byte more than it should have.
  const buffer = Buffer.allocUnsafe(size + 1);
  const content = buffer.subarray(0, await readFully(handle, buffer, 0));
  refuseByteOrderMark(content);
  const isPlain = size <= parsedLimit && report.kind === 'recon' && isPlainInventory(content, report.accountId);
  if (!isPlain) {
    const check = new ReportCheck(report.kind, report.accountId);
    check.write(content);
    const problem = check.end();
    if (problem !== undefined) throw rejection(problem);
  }
  refuseOtherSize(content.length, size);
  return { bytes: size, sha256: createHash('sha256').update(content).digest('hex'), content };
};

const checkInPieces = async (
  handle: FileHandle,
  report: CandidateOfAccount & { readonly size: number },
  signal: AbortSignal,
): Promise<CheckedReport> => {
  const check = new ReportCheck(report.kind, report.accountId);
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const piece of readPieces(handle, pieceSize)) {
    signal.throwIfAborted();
    if (bytes === 0) refuseByteOrderMark(piece);
    bytes += piece.length;
    hash.update(piece);
    if (bytes > report.size || !check.write(piece)) break;
  }
  const problem = bytes > report.size ? undefined : check.end();
  if (problem !== undefined) throw rejection(problem);
  refuseOtherSize(bytes, report.size);
  return { bytes, sha256: hash.digest('hex'), content: undefined };
};

/** Reads and checks the whole file. Throws report-rejected, or the signal's reason. */
export const checkReport = async (
  handle: FileHandle,
  report: CandidateOfAccount,
  signal: AbortSignal,
): Promise<CheckedReport> => {
  const { size } = await handle.stat();
  return size <= wholeLimit ? checkHeld(handle, report, size) : checkInPieces(handle, { ...report, size }, signal);
};
