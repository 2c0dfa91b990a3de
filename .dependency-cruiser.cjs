const ours = '^(src|connectors|jobs|config)/';

/** Files under `from` may import each other and the listed layers, and nothing else of ours. */
const layer = (from, ...mayImport) => ({
  name: `${from} imports only ${mayImport.join(', ') || 'itself'}`,
  severity: 'error',
  from: { path: `^${from}/` },
  to: { path: ours, pathNot: [from, ...mayImport].map((folder) => `^${folder}/`) },
});
const contract = 'connectors/contract';
const templates = 'connectors/templates';
const face = ['src/app', 'src/domain', 'src/kernel', contract, 'config'];

module.exports = {
  forbidden: [
    { name: 'no cycles', severity: 'error', from: {}, to: { circular: true } },
    layer('config'),
    layer(contract),
    layer(templates, contract),
    layer('src/kernel', contract),
    layer('src/domain', 'src/kernel', contract),
    layer('src/passwords', 'src/kernel', contract),
    layer('src/store', 'src/domain', 'src/kernel', contract),
    layer('src/app', 'src/store', 'src/domain', 'src/passwords', 'src/kernel', contract, templates),
    layer('src/http/schemas', contract, templates),
    layer('src/http', ...face, templates),
    layer('src/pages', ...face, 'src/http/schemas'),
    layer('src/cli', ...face, templates, 'src/http/schemas'),
    layer('src/console', 'src/http/schemas'),
    layer('src/cli/asks', 'src/http/schemas', contract),
    layer('src/cli/remote', 'src/cli/asks', 'src/http/schemas'),
    {
      name: 'commands ask use cases by way of src/cli/direct',
      severity: 'error',
      from: { path: '^src/cli/', pathNot: '^src/cli/(direct/|installation/|runtime)' },
      // What is wrong with a definition as it is written is told before anything is asked.
      to: { path: '^src/app/', pathNot: '^src/app/providers/written-problems' },
    },
    layer('jobs', ...face),
    {
      name: 'a connector knows no other connector',
      severity: 'error',
      from: { path: '^connectors/(?!contract|templates)([^/]+)/' },
      to: { path: ours, pathNot: ['^connectors/contract/', '^connectors/$1/'] },
    },
    {
      name: 'only src/bin knows the list of connectors',
      severity: 'error',
      from: { pathNot: '^(src/bin|connectors)/' },
      to: { path: '^connectors/(index|(?!contract|templates)[^/]+/)' },
    },
    {
      name: 'nothing imports src/bin',
      severity: 'error',
      from: { pathNot: '^src/bin/' },
      to: { path: '^src/bin/' },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
  },
};
