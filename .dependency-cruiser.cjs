/** Dependencies point downwards only (docs/architecture.md). Each rule names who may not know whom. */
const forbid = (name, from, to, comment) => ({ name, severity: 'error', comment, from, to });
const src = (...folders) => folders.map((folder) => `^src/${folder}/`);

module.exports = {
  forbidden: [
    forbid(
      'no-circle',
      {},
      { circular: true },
      'A circle means two parts are really one, or a piece is missing between them.',
    ),
    forbid(
      'pure-core',
      { path: ['^flows/', '^src/conversation/'] },
      {
        pathNot: [
          '^flows/',
          '^src/conversation/',
          '^src/content/(model|normalise|fold|key-pattern)\\.ts$',
          '^node_modules/(xstate|i18next|fastest-levenshtein|luxon|sms-segments-calculator|@types/luxon)/',
        ],
      },
      'The conversation imports no database, network, clock, file or environment.',
    ),
    forbid(
      'flows-know-no-shell',
      { path: ['^flows/'] },
      { path: ['^src/conversation/(engine|step|render|understand)'] },
      'Flows are data for the engine, not its users.',
    ),
    forbid(
      'content-is-a-leaf',
      { path: src('content') },
      { path: ['^src/'], pathNot: src('content') },
      'Content knows nobody.',
    ),
    forbid(
      'channel-is-an-island',
      { path: ['^src/channels/([^/]+)/'] },
      {
        path: ['^src/'],
        pathNot: ['^src/channels/$1/', '^src/channels/[^/]+\\.ts$', '^src/(config|clock|log)\\.ts$'],
      },
      'A channel imports nothing of ours but channel.ts and config types.',
    ),
    forbid(
      'embedded-is-an-island',
      { path: ['^src/database/embedded/'] },
      { path: ['^src/'], pathNot: ['^src/database/embedded/'] },
      'The embedded server imports nothing of ours.',
    ),
    forbid(
      'delivery-down',
      { path: src('delivery') },
      { path: src('programme', 'stats', 'web') },
      'delivery → channels; people; → conversation.',
    ),
    forbid(
      'people-down',
      { path: src('people') },
      { path: [...src('programme', 'stats', 'web', 'delivery'), '^src/channels/[^/]+/'] },
      'people → conversation → content; of the channels it knows only the contract.',
    ),
    forbid(
      'audit-down',
      { path: src('audit') },
      { path: ['^src/'], pathNot: [...src('audit', 'database'), '^src/secret\\.ts$'] },
      'Whoever is audited knows the trail; the trail knows nobody.',
    ),
    forbid(
      'database-down',
      { path: src('database') },
      { path: src('programme', 'stats', 'web', 'delivery', 'people') },
      'Models are shapes, they call nobody.',
    ),
    forbid(
      'nobody-imports-web',
      { path: '^src/', pathNot: ['^src/web/', '^src/(main|cli|world)\\.ts$', '^src/commands/'] },
      { path: src('web') },
      'web is on top.',
    ),
    forbid(
      'product-not-test',
      { path: ['^src/', '^flows/'] },
      { path: ['^test/'] },
      'The product does not import its tests.',
    ),
    forbid(
      'no-dev-dependencies',
      { path: ['^src/', '^flows/'] },
      { dependencyTypes: ['npm-dev'] },
      'What runs in production is a dependency.',
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    exclude: { path: '^dist/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['require', 'node', 'default', 'types'],
    },
  },
};
