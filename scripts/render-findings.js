/** docs/findings.md: every finding with an example that gives it, and the same place as it should be. */
export function renderFindings(findings, examples, shipped, read) {
  const byCode = new Map(examples.map((example) => [example.code, example]));
  const groups = [...new Set(Object.values(findings).map(({ group }) => group))];
  const entry = ([code, { severity, meaning }]) => {
    const example = byCode.get(code);
    return [
      '',
      `### \`${code}\``,
      '',
      `*${severity}* · ${meaning}`,
      ...(example ? show(example, shipped, read) : []),
    ];
  };
  return [
    '# Findings',
    '',
    'What `weir validate`, `weir plan` and the sync find wrong in definitions. Each has a stable code, a place (file, line,',
    'column and end), a message, and mostly a hint; many have a fix that `weir validate --fix` applies. All independent mistakes',
    'are reported at once, each once. **Errors** make `weir validate` fail and hold a definition back; **warnings** do not. Those of',
    'the last group are judgements: a `Policy` may give them another severity, turn them `off`, set their limits, or excuse them',
    'for one workflow until a date ([workflow-format.md](workflow-format.md)).',
    '',
    'Each example changes one file of the example in [workflows/](../workflows). First what gives the finding, then what stands',
    'there and gives none. A test runs them all.',
    ...groups.flatMap((group) => [
      '',
      `## ${TITLES[group]}`,
      ...Object.entries(findings)
        .filter(([, each]) => each.group === group)
        .flatMap(entry),
    ]),
    '',
  ].join('\n');
}

const TITLES = {
  file: 'The file',
  form: 'The form',
  reference: 'Names',
  soundness: 'Whether a campaign could run on it',
  policy: 'House rules',
};
/** Longer lines and longer examples are cut in the middle. */
const [WIDEST, LONGEST] = [150, 9];

/** The shipped files with the example's change. */
export function changed(example, shipped) {
  const { file, was, now, from, to, pad = 0, with: more } = example;
  const files = shipped.map((each) => {
    if (each.path !== file) return each;
    const { text } = each;
    const start = text.indexOf(from ?? was);
    const end = from === undefined ? start + was.length : text.indexOf(to, start) + to.length;
    if (start < 0 || end < start)
      throw new Error(`${example.code}: ${file} does not have what is to be changed`);
    return {
      ...each,
      start,
      end,
      text: text.slice(0, start) + now + text.slice(end) + '#'.repeat(pad),
      before: text,
    };
  });
  return more === undefined ? files : [...files, { path: 'more.yaml', text: more }];
}

function show(example, shipped, read) {
  const files = changed(example, shipped);
  const { text, before, start, end } = files.find(({ path }) => path === example.file);
  const [problem] = read(files).filter(({ code }) => code === example.code);
  const extra =
    example.with === undefined ? [] : ['', 'with', '', '```yaml fragment', ...clip(example.with), '```'];
  return [
    '',
    `In \`${example.file}\`: ${problem.message}${problem.hint === undefined ? '' : ` (${problem.hint})`}`,
    '',
    '```yaml fragment',
    ...clip(linesAround(text, start, start + example.now.length)),
    '```',
    ...extra,
    '',
    'instead of',
    '',
    '```yaml fragment',
    ...clip(linesAround(before, start, end)),
    '```',
  ];
}

/** The whole lines of a stretch of text; the one before as well where nothing else is left. */
function linesAround(text, start, end) {
  const isEmpty = start === end;
  const from =
    text.lastIndexOf('\n', isEmpty ? Math.max(0, start - 2) : start - (text[start] === '\n' ? 0 : 1)) + 1;
  const to = text.indexOf('\n', text[end - 1] === '\n' ? end - 1 : end);
  return text.slice(from, to < 0 ? undefined : to);
}

function clip(text) {
  const lines = text.replace(/\n$/, '').split('\n');
  const indent = Math.min(...lines.filter((line) => line.trim() !== '').map((line) => line.search(/\S/)));
  const shown = lines.map((line) => {
    const plain = line.slice(indent);
    return plain.length > WIDEST ? `${plain.slice(0, WIDEST)} …` : plain;
  });
  return shown.length > LONGEST ? [...shown.slice(0, LONGEST - 2), '# …', ...shown.slice(-1)] : shown;
}
