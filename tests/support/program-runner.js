import { execFile } from 'node:child_process';

/** The other side of run.ts: starts what it is asked to, answers with how it ended, and ends with whoever asks. */
process.on('message', ({ id, file, args, input, ...options }) => {
  const given = { ...options, encoding: 'buffer', maxBuffer: 1 << 28 };
  const child = execFile(file, args, given, (error, out, err) => {
    if (error === null || typeof error.code === 'number')
      process.send({ id, code: error?.code ?? 0, out, err });
    else process.send({ id, fault: String(error) });
  });
  // A program may end before it has read everything.
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
});
process.on('disconnect', () => process.exit());
