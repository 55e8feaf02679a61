/** docs/changes.md: every kind of change, by the part it happens to. */
export function renderChanges(catalogue, kindOf) {
  return [
    '# Changes of meaning',
    '',
    '`weir diff`, `weir plan`, `workflowDiff` and the history say what differs between two versions of a workflow in these',
    'kinds, and in no others. Comments, formatting, the order of keys and of lists without an order are no differences. Taken',
    'together the changes lead from the one version to the other: nothing is left out.',
    '',
    '**For a running campaign.** A campaign stays on the version it began with. Each change also says what it would mean if the',
    'campaign went on under the new version with what is recorded of it:',
    '',
    '- **none**: nothing that is enforced reads what changed;',
    '- **compatible**: whatever the campaign may do now it may still do;',
    '- **breaking**: something it may do now would be refused, or something it has begun is no longer there.',
    '',
    'Tests play random campaigns on random workflows and compare, at each moment, what may be done under both versions.',
    '',
    '**Renamed.** A part that is gone and one that is new are the same one renamed when they hold at least half of their steps in',
    'common (sections, lanes, blocks, branches), or stand in the same place and agree in three quarters of what they say; in half',
    'of it where they bear the same name. What mentions a renamed part follows, and is no change of its own.',
    ...Object.entries(catalogue).flatMap(([element, { noun, verbs, properties }]) => [
      '',
      `## ${noun[0].toUpperCase()}${noun.slice(1)}`,
      '',
      '| kind | what | for a running campaign |',
      '|---|---|---|',
      ...Object.entries(verbs).map(
        ([verb, { text }]) => `| \`${kindOf(element, verb)}\` | ${verb} | ${text} |`,
      ),
      ...Object.entries(properties).map(
        ([property, [label, { text }]]) =>
          `| \`${kindOf(element, 'changed', property)}\` | ${label} | ${text} |`,
      ),
    ]),
    '',
  ].join('\n');
}
