import { expect, test } from 'vitest';
import { cutLog, cutMessage, messageBytes } from '../../../clients/pods/termination-message.ts';

test('a container has 4 KiB, and less when twelve KiB have to be shared by more than three', () => {
  expect([1, 3, 4, 5, 12].map(messageBytes)).toEqual([4096, 4096, 3072, 2457, 1024]);
});

test('of a long message its last 4,096 bytes count, and of these the first that fit', () => {
  const written = Buffer.from(`${'a'.repeat(5000)}${'b'.repeat(4000)}`);
  expect(cutMessage(written, 4096)).toBe(`${'a'.repeat(96)}${'b'.repeat(4000)}`);
  expect(cutMessage(written, 1024)).toBe(`${'a'.repeat(96)}${'b'.repeat(928)}`);
  expect(cutMessage(Buffer.from('short'), 1024)).toBe('short');
});

test('a cut in the middle of a character leaves a replacement and no broken text', () => {
  expect(cutMessage(Buffer.from('aé'), 2)).toBe('a\uFFFD');
});

test('of a log the last 80 lines or 2,048 bytes count', () => {
  const lines = Array.from({ length: 100 }, (_, index) => `line ${index}\n`);
  expect(cutLog(Buffer.from(lines.join('')), 4096)).toBe(lines.slice(20).join(''));
  expect(cutLog(Buffer.from('x'.repeat(5000)), 4096)).toHaveLength(2048);
  expect(cutLog(Buffer.from('x'.repeat(5000)), 1024)).toHaveLength(1024);
});
