import { afterEach, describe, expect, it } from 'vitest';
import { pushMetrics, pushUrl } from '../../clients/push-metrics.ts';
import { type Answer, type RecordingServer, startRecordingServer } from '../setup/recording-server.ts';

let server: RecordingServer | undefined;
afterEach(async () => {
  await server?.stop();
  server = undefined;
});

const push = (url: string, signal = new AbortController().signal) =>
  pushMetrics({
    ...{
      url: pushUrl(url, 'aws_tag_compliance'),
      body: Buffer.from('a 1\n'),
      contentType: 'text/plain; version=0.0.4',
    },
    ...{ connection: { proxy: {} }, signal },
  });
const gateway = async (answer: Answer | 'never') => {
  server = await startRecordingServer(undefined, () => answer);
  return server;
};

describe('a push', () => {
  it.each([
    ['', '/metrics/job/aws_tag_compliance'],
    ['/', '/metrics/job/aws_tag_compliance'],
    ['/behind/a/proxy/', '/behind/a/proxy/metrics/job/aws_tag_compliance'],
    ['/metrics/job/aws_tag_compliance', '/metrics/job/aws_tag_compliance'],
  ])('puts the metrics in place of the job’s group: %s', async (path, url) => {
    const { url: place, requests } = await gateway({ status: 200 });
    await push(`${place}${path}`);
    const [request] = requests;
    expect(request).toMatchObject({ method: 'PUT', url, body: Buffer.from('a 1\n') });
    expect(request?.headers['content-type']).toBe('text/plain; version=0.0.4');
  });

  it('sends user and password of the URL, and never shows them', async () => {
    const { url, requests } = await gateway({ status: 401, body: 'who are you?' });
    const failure = push(url.replace('http://', 'http://user:secret@'));
    await expect(failure).rejects.toMatchObject({
      code: 'push-failed',
      message: expect.stringMatching(/HTTP 401: who are you\?/),
    });
    await expect(failure).rejects.not.toMatchObject({ message: expect.stringContaining('secret') });
    expect(requests[0]?.headers.authorization).toBe(`Basic ${btoa('user:secret')}`);
  });

  it.each([
    [
      'a refusal',
      { status: 400, body: 'pushed metrics are invalid:\n text format parsing error' },
      /HTTP 400: pushed metrics are invalid: text format/,
    ],
    ['a redirection', { status: 302, headers: { location: '/' } }, /HTTP 302/],
  ])('fails with what the gateway says: %s', async (_name, answer, message) => {
    const { url } = await gateway(answer);
    await expect(push(url)).rejects.toMatchObject({ code: 'push-failed', message: expect.stringMatching(message) });
  });

  it('fails where nobody answers', async () => {
    await expect(push('http://127.0.0.1:9')).rejects.toMatchObject({
      code: 'push-failed',
      message: expect.stringMatching(/ECONNREFUSED/),
    });
  });

  it.each(['pushgateway:9091', 'not a url', 'ftp://x'])('refuses %j, which is no URL of HTTP', url => {
    expect(() => pushUrl(url, 'x')).toThrow(/no URL of http or https/);
  });

  it('ends with its signal while the gateway is silent', async () => {
    const { url, requests } = await gateway('never');
    const stop = new AbortController();
    const pushed = push(url, stop.signal);
    await expect.poll(() => requests.length).toBe(1);
    stop.abort(new Error('stop'));
    await expect(pushed).rejects.toThrow('stop');
  });
});
