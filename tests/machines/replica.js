import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { finish, start, until } from './programs.js';

/** One `weir serve` of an image, in a folder of its own. */
export class Replica {
  program = null;

  /** @param environment of the service; settings that an image does not know yet are left out */
  constructor({ name, directory, port, image, environment }) {
    Object.assign(this, { name, port, image, environment });
    this.directory = path.join(directory, name);
    this.log = path.join(directory, `${name}.log`);
    this.url = `http://127.0.0.1:${port}`;
  }

  async start() {
    await mkdir(this.directory, { recursive: true });
    const begun = (await readFile(this.log, 'utf8').catch(() => '')).length;
    this.program = start(this.name, process.execPath, [path.join(this.image, 'dist/main.js'), 'serve'], {
      ...{ cwd: this.directory, log: this.log },
      env: { ...base(), ...(await this.known(this.environment)), PORT: String(this.port) },
    });
    await until(`${this.name} is ready (${this.log})`, async () => {
      if (!this.program.isRunning()) throw new Error(`${this.name} has ended: see ${this.log}`);
      return (await readFile(this.log, 'utf8')).slice(begun).includes('Weir is ready');
    });
  }

  /** Whether the image has a setting: one that it does not know would keep it from starting. */
  async knows(setting) {
    return (await readFile(path.join(this.image, 'dist/config/settings.js'), 'utf8')).includes(`${setting}:`);
  }

  async known(environment) {
    const settings = [];
    for (const [name, value] of Object.entries(environment))
      if (await this.knows(name)) settings.push([name, value]);
    return Object.fromEntries(settings);
  }
}

/** A command of an image, to its end. */
export const weir = (image, args, environment) =>
  finish(process.execPath, [path.join(image, 'dist/main.js'), ...args], {
    ...{ cwd: '/', env: { ...base(), ...environment } },
  });

const base = () => ({ PATH: process.env.PATH, HOME: process.env.HOME, NODE_ENV: 'production' });
