import { connect, createServer, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type HttpServer, type HttpServerOptions, startHttpServer } from '../../clients/http-server.ts';

const start = async (options: Partial<HttpServerOptions> = {}): Promise<HttpServer> => {
  const server = await startHttpServer({
    fetch: request => new Response(`${request.method} ${new URL(request.url).pathname}`),
    host: '127.0.0.1',
    port: 0,
    ...options,
  });
  onTestFinished(() => server.close());
  return server;
};

const open = (port: number): Socket => {
  const socket = connect(port, '127.0.0.1');
  // The server may cut the line while this end still writes.
  socket.on('error', () => undefined);
  onTestFinished(() => void socket.destroy());
  return socket;
};

/** Everything that the server said until it closed the connection. */
const send = async (port: number, bytes: string): Promise<string> => {
  const socket = open(port);
  socket.write(bytes);
  return await text(socket).catch(() => '');
};

describe('the HTTP server', () => {
  it('answers on a free port and names itself', async () => {
    const server = await start();
    expect(server.url).toBe(`http://127.0.0.1:${server.port}`);
    expect(await (await fetch(`${server.url}/metrics`)).text()).toBe('GET /metrics');
    expect((await fetch(server.url, { method: 'HEAD' })).status).toBe(200);
  });

  it('says 500 and no more when an answer cannot be made, and logs why', async () => {
    const logged: unknown[] = [];
    const log = { error: (facts: unknown) => void logged.push(facts) } as unknown as HttpServerOptions['log'];
    const server = await start({ fetch: () => Promise.reject(new Error('the key is s3cr3t')), log });
    const answer = await fetch(server.url);
    expect([answer.status, await answer.text()]).toEqual([500, 'internal error\n']);
    expect(logged).toMatchObject([{ err: { message: 'the key is s3cr3t' } }]);
  });

  it('says which port is taken and what to do', async () => {
    const { port } = await start();
    await expect(startHttpServer({ fetch: () => new Response(), host: '127.0.0.1', port })).rejects.toMatchObject({
      code: 'port-unavailable',
      message: expect.stringContaining(`127.0.0.1 port ${port}: listen EADDRINUSE`) as string,
      remedy: 'Choose another --port, or stop what listens there.',
    });
  });

  it.each([
    ['192.0.2.1', /EADDRNOTAVAIL/],
    ['no-such-host.invalid', /ENOTFOUND|EAI_AGAIN/],
  ])('says that %s is no address of this machine', async (host, message) => {
    await expect(startHttpServer({ fetch: () => new Response(), host, port: 0 })).rejects.toMatchObject({
      code: 'port-unavailable',
      message: expect.stringMatching(message) as string,
      remedy: expect.stringContaining('--') as string,
    });
  });

  it('gives up on a client that sends its header byte by byte', async () => {
    const { port } = await start({ limits: { headerTime: 200, requestTime: 300 } });
    const socket = open(port);
    socket.write('GET / HTTP/1.1\r\nHost: x\r\n');
    const dripping = setInterval(() => socket.write('X'), 20);
    onTestFinished(() => clearInterval(dripping));
    expect(await text(socket).catch(() => '')).toMatch(/^HTTP\/1\.1 408/);
  });

  it('turns away who opens more connections than it has room for', async () => {
    const { port } = await start({ limits: { connections: 2 } });
    const held = [open(port), open(port)];
    await Promise.all(held.map(socket => new Promise(resolve => socket.once('connect', resolve))));
    expect(await send(port, 'GET / HTTP/1.1\r\nHost: x\r\n\r\n')).toBe('');
  });

  it('refuses a header of 20 kB with 431', async () => {
    const { port } = await start();
    const answer = await send(port, `GET / HTTP/1.1\r\nHost: x\r\nCookie: ${'a'.repeat(20_000)}\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1\.1 431/);
  });

  it.each([
    ['a body of a terabyte', 'Content-Length: 1000000000000\r\n'],
    ['a body of no known length', 'Transfer-Encoding: chunked\r\n'],
    ['a body that is announced', 'Content-Length: 1000000000000\r\nExpect: 100-continue\r\n'],
  ])('refuses %s without reading it', async (_name, header) => {
    const { port } = await start();
    const answer = await send(port, `POST /metrics HTTP/1.1\r\nHost: x\r\n${header}\r\nabc`);
    expect(answer).toMatch(/^HTTP\/1\.1 413/);
  });

  it.each([
    ['GET /../../etc/passwd HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n', /GET \/etc\/passwd$/],
    ['GET /%2e%2e/%2e%2e/etc/passwd HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n', /GET \/etc\/passwd$/],
    ['GET /\\..\\x HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n', /^HTTP\/1\.1 (400|200)/],
    ['GET / HTTP/1.1\r\nConnection: close\r\n\r\n', /^HTTP\/1\.1 400/],
    ['GET / HTTP/1.1\r\nHost: a b<script>\r\nConnection: close\r\n\r\n', /^HTTP\/1\.1 400/],
    ['GET http://elsewhere.example/x HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n', /GET \/x$/],
    ['CONNECT example.com:443 HTTP/1.1\r\nHost: x\r\n\r\n', /^$/],
    ['\u0016\u0003\u0001 this is no HTTP\r\n\r\n', /^HTTP\/1\.1 400/],
  ])('answers the request %j and lives on', async (request, expected) => {
    const server = await start();
    expect(await send(server.port, request)).toMatch(expected);
    expect((await fetch(server.url)).status).toBe(200);
  });

  it('lets a request end that runs when it is closed, and takes no new one', async () => {
    const running = Promise.withResolvers<void>();
    const answer = Promise.withResolvers<Response>();
    const server = await start({
      fetch: () => {
        running.resolve();
        return answer.promise;
      },
    });
    const asked = fetch(server.url);
    await running.promise;
    const closed = server.close();
    await expect(fetch(server.url)).rejects.toThrow();
    answer.resolve(new Response('still'));
    expect(await (await asked).text()).toBe('still');
    await closed;
  });

  it('ends a request that does not end', async () => {
    const running = Promise.withResolvers<void>();
    const server = await start({
      fetch: () => {
        running.resolve();
        return new Promise<Response>(() => undefined);
      },
      limits: { closeTime: 100 },
    });
    const asked = fetch(server.url).catch(() => 'cut off');
    await running.promise;
    await server.close();
    expect(await asked).toBe('cut off');
  });

  it('closes at once with a kept-alive connection that waits, and the port is free again', async () => {
    const server = await start({ limits: { closeTime: 60_000 } });
    await (await fetch(server.url)).text();
    await server.close();
    const again = createServer().listen(server.port, '127.0.0.1');
    await new Promise((resolve, reject) => again.once('listening', resolve).once('error', reject));
    again.close();
  });
});
