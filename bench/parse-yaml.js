// What Weir is compared with: reads a file, or every file of a folder, and parses it with the yaml package.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { parseAllDocuments } from 'yaml';

const [place] = process.argv.slice(2);
const files = statSync(place).isDirectory()
  ? readdirSync(place).map((name) => path.join(place, name))
  : [place];
for (const file of files)
  for (const document of parseAllDocuments(readFileSync(file, 'utf8'))) document.toJS();
