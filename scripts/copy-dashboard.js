// Puts what needs no compiling beside the compiled dashboard.
import { cpSync } from 'node:fs';

for (const file of ['index.html', 'style.css']) cpSync(`src/dashboard/${file}`, `dist/dashboard/${file}`);
