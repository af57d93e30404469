// File names of the reports directory: reports in the order of sending, and what is named instead of sent.
import { expect, test } from 'vitest';
import { classifyFiles, listReports } from '../../uploader/reports-directory.ts';

test('other reports go first, then the inventory, then the scan’s verdict', () => {
  const { candidates } = classifyFiles(['scan.json', 'tags.json', 'output.json', 'drift.json']);
  expect(candidates.map(({ kind }) => kind)).toEqual(['drift', 'tags', 'recon', 'scan']);
});

test('names that cannot become a key are rejected by name', () => {
  const { candidates, rejected } = classifyFiles(['run.json', 'A.json', 'notes.txt', 'recon.json', '"\n.json']);
  expect(candidates).toEqual([]);
  expect(rejected.map(({ file }) => file)).toEqual(['"\n.json', 'A.json', 'notes.txt', 'recon.json', 'run.json']);
  expect(rejected.every(({ reason }) => reason !== '')).toBe(true);
});

test('hidden files are other programs’ own, and only those that look like reports are named', () => {
  expect(classifyFiles(['.output.json', '.output.json.tmp', '.cache'])).toEqual({
    candidates: [],
    rejected: [],
    unfinished: ['.output.json'],
  });
});

test('a directory that does not exist is the template’s fault', async () => {
  await expect(listReports('/nonexistent/reports')).rejects.toMatchObject({
    code: 'template-unusable',
    message: expect.stringContaining('/nonexistent/reports'),
  });
});
