/** The history of the example repository: two quarters in which a marketing team changes its workflows. */
export { buildExampleRepository, type ExampleRepository } from './history/build.js';
export { type ExampleCommit, exampleCommits, openCommits, shippedFiles } from './history/commits.js';
