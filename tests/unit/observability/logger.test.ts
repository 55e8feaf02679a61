import { createLogger, redactUrl } from '../../../src/observability/logger.js';

function collector(isTTY: boolean) {
  const lines: string[] = [];
  return { isTTY, lines, write: (line: string) => lines.push(line) };
}

describe('the logger', () => {
  it('writes one JSON object a line for machines', () => {
    const out = collector(false);
    createLogger('info', out).info({ port: 4000 }, 'listening');
    expect(JSON.parse(out.lines.join(''))).toMatchObject({ level: 'info', msg: 'listening', port: 4000 });
  });

  it('writes a compact line for a person at a terminal', () => {
    const out = collector(true);
    createLogger('info', out).info({ url: 'http://localhost:4000', note: 'two words' }, 'listening');
    expect(out.lines.join('')).toMatch(
      /^\d\d:\d\d:\d\d info {2}listening url=http:\/\/localhost:4000 note="two words"\n$/,
    );
  });

  it('keeps what people wrote out of what it says of a failed statement', () => {
    const out = collector(false);
    const driverError = Object.assign(new Error('too long'), { detail: 'Failing row contains (private)' });
    const err = Object.assign(new Error('too long'), {
      ...{ code: '22001', query: 'INSERT INTO survey_answer VALUES ($1)', parameters: ['private'] },
      ...{ detail: 'Failing row contains (private)', where: 'private', driverError },
    });
    createLogger('info', out).error({ err }, 'failed');
    const { err: said } = JSON.parse(out.lines.join('')) as { err: Record<string, unknown> };
    expect(said).toMatchObject({ code: '22001', message: 'too long', query: err.query });
    expect(out.lines.join('')).not.toContain('private');
  });

  it('keeps to its level', () => {
    const out = collector(false);
    createLogger('warn', out).info('not told');
    expect(out.lines).toEqual([]);
  });

  it.each([true, false])(
    'lets no secret of a URL through, in a field or an error (terminal: %s)',
    (isTTY) => {
      const out = collector(isTTY);
      const err = new Error('cannot fetch https://hunter2@git.example.com/repo.git');
      createLogger('info', out).error(
        { err, database: 'postgres://weir:hunter2@db.example.com/weir' },
        'failed',
      );
      expect(out.lines.join('')).toContain('db.example.com');
      expect(out.lines.join('')).not.toContain('hunter2');
    },
  );
});

describe('redactUrl', () => {
  it.each([
    ['postgres://weir:p%40ss@db:5432/weir', 'postgres://weir:***@db:5432/weir'],
    ['https://x-access-token:abc@git.example.com/r.git', 'https://x-access-token:***@git.example.com/r.git'],
    ['https://abc@git.example.com/r.git', 'https://***@git.example.com/r.git'],
    ['https://a.example.com/?access_token=abc&b=1', 'https://a.example.com/?access_token=***&b=1'],
    ['https://a.example.com:8080/path@2x', 'https://a.example.com:8080/path@2x'],
    ['no url at all', 'no url at all'],
  ])('%s → %s', (text, redacted) => {
    expect(redactUrl(text)).toBe(redacted);
  });
});
