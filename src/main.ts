#!/usr/bin/env node
import { run } from './cli/program.js';

// Whoever reads only the beginning of what is printed (`weir validate | head`) has what they want.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

process.exitCode = await run(process.argv);
