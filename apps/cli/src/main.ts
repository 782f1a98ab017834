#!/usr/bin/env node
import { run } from './program';

// A reader that has seen enough (`| head`) is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

const surroundings = { environment: process.env, answers: process.stdout, remarks: process.stderr };
void run(surroundings, process.argv.slice(2)).then((code) => {
  // A command that hands on the exit code of the service has set it already.
  if (code !== 0) process.exitCode = code;
});
