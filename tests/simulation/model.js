/**
 * What has to be served after each commit, told in another way than the sync does: every commit is read whole, with nothing
 * remembered but what was served before it.
 */
export class Model {
  /** Hash and whether it is retired, by kind and key. */
  served = new Map();
  #readings = new Map();

  constructor(readDefinitions) {
    this.readDefinitions = readDefinitions;
  }

  /** @param files by path; @param today date on which the commit was made */
  apply(files, today, running, released) {
    const { definitions, problems, policy } = this.read(files, today);
    const isWrong = problems.some(({ severity }) => severity === 'error');
    const broken = new Set(
      problems
        .filter(({ severity, code }) => severity === 'error' || code === 'W_NOT_WEIR')
        .map(({ file }) => file),
    );
    const decides = this.policyThatDecides(definitions, policy);
    const isAllHeld = decides.onBadFile === 'commit' && isWrong;
    const present = new Map(definitions.map((each) => [`${each.kind} ${each.key}`, each]));
    const leaving = [...this.served].flatMap(([name, { isRetired, file }]) =>
      present.has(name) || isRetired || broken.has(file) || isAllHeld ? [] : [name],
    );
    const workflows = leaving.filter((name) => name.startsWith('Workflow '));
    const active = [...this.served].filter(
      ([name, { isRetired }]) => name.startsWith('Workflow ') && !isRetired,
    ).length;
    const isMany = workflows.length > 1 && workflows.length > decides.retireLimit.share * active;
    const waits = (name) =>
      name.startsWith('Workflow ') &&
      !released.includes(name.slice(9)) &&
      (isMany || running(name.slice(9)) > decides.retireLimit.runningCampaigns);
    const isRestHeld = decides.onBadFile === 'commit' && leaving.some(waits);
    if (isAllHeld || isRestHeld) return;
    for (const name of leaving) if (!waits(name)) this.served.get(name).isRetired = true;
    for (const [name, { valid, hash, file, meaning }] of present)
      if (valid) this.served.set(name, { hash, isRetired: false, file, meaning });
  }

  copy() {
    const copy = new Model(this.readDefinitions);
    copy.served = new Map([...this.served].map(([name, each]) => [name, { ...each }]));
    return copy;
  }

  /** A Policy that is wrong does not decide; the one that is served does. */
  policyThatDecides(definitions, policy) {
    const written = definitions.find(({ kind, key }) => kind === 'Policy' && key === policy.key);
    return written && !written.valid ? (this.served.get(`Policy ${policy.key}`)?.meaning ?? policy) : policy;
  }

  read(files, today) {
    const key = JSON.stringify([files, today]);
    if (!this.#readings.has(key)) {
      const sorted = Object.entries(files)
        .map(([path, text]) => ({ path: `workflows/${path}`, text }))
        .sort(({ path: one }, { path: other }) => (one < other ? -1 : 1));
      this.#readings.set(key, this.readDefinitions(sorted, today));
    }
    return this.#readings.get(key);
  }

  /** Lines to compare with the database. */
  lines() {
    return [...this.served]
      .map(([name, { hash, isRetired }]) => `${name} ${hash}${isRetired ? ' retired' : ''}`)
      .sort();
  }
}
