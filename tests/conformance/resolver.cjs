const path = require('node:path');

const root = path.resolve(__dirname, '../..');
const shared = /^(graphql|@apollo\/server)(\/|$)/;

/** One copy of what the service and the suites both use: a suite that pins its own would not know the service's. */
module.exports = (request, options) =>
  options.defaultResolver(request, shared.test(request) ? { ...options, basedir: root } : options);
