import { writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import path from 'node:path';
import { freePort, start, until } from './programs.js';

/** HAProxy before some replicas. It sends on what no replica has taken yet, and nothing that one may have done. */
export async function startProxy({ directory, programs, ports }) {
  const port = await freePort();
  const [file, log, socket] = ['haproxy.cfg', 'haproxy.log', 'haproxy.sock'].map((name) =>
    path.join(directory, name),
  );
  // As docs/operations.md has it.
  await writeFile(
    file,
    `global
  stats socket ${socket} mode 600 level admin
defaults
  mode http
  timeout connect 2s
  timeout client 60s
  timeout server 60s
  timeout tunnel 1h
  retries 3
  retry-on conn-failure
  option redispatch 1
frontend weir
  bind 127.0.0.1:${port}
  default_backend replicas
backend replicas
  balance roundrobin
  option httpchk
  http-check send meth GET uri /health/ready ver HTTP/1.1 hdr host localhost
  http-check expect status 200
  timeout check 2s
  default-server check inter 500ms fall 3 rise 1
${ports.map((each, place) => `  server r${place} 127.0.0.1:${each}`).join('\n')}
`,
  );
  start('haproxy', programs.haproxy, ['-db', '-f', file], { log });
  const tell = (command) =>
    new Promise((resolve, reject) => {
      let answer = '';
      connect(socket, function () {
        this.end(`${command}\n`);
      })
        .on('data', (text) => (answer += String(text)))
        .on('error', reject)
        .on('close', () => resolve(answer));
    });
  await until(`haproxy answers (${log})`, () => tell('show info').catch(() => null));
  /** What the proxy thinks of a replica: UP, DOWN, DRAIN. */
  const state = async (place) => {
    const [head, ...lines] = (await tell('show stat')).split('\n').map((line) => line.split(','));
    const line = lines.find((each) => each[0] === 'replicas' && each[1] === `r${place}`);
    return line?.[head.indexOf('status')] ?? '';
  };
  return { url: `http://127.0.0.1:${port}`, tell, state };
}
