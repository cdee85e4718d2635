/**
 * Who may import whom: the table of docs/ARCHITECTURE.md, checked by `npm run imports`.
 * A room may always import its own files and npm packages.
 */
const room = (name, mayImport, typesOf = []) => ({
  name: `${name}-imports`,
  severity: 'error',
  comment: `src/${name}/ may import ${[...mayImport, ...typesOf.map((r) => `types of ${r}`)].join(', ') || 'nothing in src'}`,
  from: { path: `^src/${name}/` },
  to: {
    path: '^src/',
    pathNot: [name, ...mayImport].map((r) => `^src/${r.endsWith('.ts') ? r.replace('.', '\\.') : `${r}/`}`),
    ...(typesOf.length > 0 && { dependencyTypesNot: ['type-only'] }),
  },
});

/** With types of some rooms allowed, the other rooms stay out even for types. */
const typesOnly = (name, mayImport, typesOf) => ({
  name: `${name}-types`,
  severity: 'error',
  from: { path: `^src/${name}/` },
  to: {
    path: '^src/',
    pathNot: [name, ...mayImport, ...typesOf].map((r) => `^src/${r}/`),
    dependencyTypes: ['type-only'],
  },
});

module.exports = {
  forbidden: [
    room('streams', []),
    room('nlu', [], ['streams']),
    typesOnly('nlu', [], ['streams']),
    room('booking', []),
    room('speech', ['streams']),
    room('telephony', ['streams']),
    room('machines', [], ['nlu', 'booking', 'streams']),
    typesOnly('machines', [], ['nlu', 'booking', 'streams']),
    room('inspector', ['machines']),
    room('testing', ['streams', 'nlu', 'booking', 'speech', 'telephony', 'machines', 'inspector', 'call.ts']),
    {
      name: 'call-imports',
      severity: 'error',
      comment:
        'the pipe of a call is built from the rooms below it, never from the server, the tests or the cli',
      from: { path: '^src/call[^/]*\\.ts$' },
      to: { path: '^src/(server|cli|testing|inspector)/' },
    },
    {
      name: 'server-imports',
      severity: 'error',
      from: { path: '^src/server/' },
      to: { path: '^src/(cli|testing)/' },
    },
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-orphans',
      severity: 'error',
      from: { orphan: true, path: '^src/', pathNot: '\\.d\\.ts$' },
      to: {},
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { extensions: ['.ts', '.js', '.json'] },
  },
};
