/** The environment cannot be used as it is. The message names every offending setting and what is expected of it. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';

  constructor(readonly problems: readonly string[]) {
    super(['the configuration cannot be used:', ...problems.map((problem) => `  ${problem}`)].join('\n'));
  }
}
