import eslint from '@eslint/js';
import tseslint from 'typescript-eslint';

/** A library that has one home may be imported nowhere else. */
const homes = {
  typeorm: 'src/store',
  bullmq: 'jobs',
  nodemailer: 'jobs/mail',
  winston: 'src/kernel',
};

const restricted = (folder) => ({
  paths: Object.entries(homes)
    .filter(([, home]) => home !== folder)
    .map(([name, home]) => ({ name, message: `${name} is named only in ${home}.` })),
});

const noUnsafeTime = [
  {
    selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']",
    message: 'Time comes from the store (SQL now()) or from the Clock, so that tests can own it.',
  },
];

export default tseslint.config(
  { ignores: ['dist/**', 'node_modules/**', 'coverage/**'] },
  eslint.configs.recommended,
  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: {
      parserOptions: {
        project: ['./tsconfig.json', './src/console/tsconfig.json'],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/prefer-nullish-coalescing': ['error', { ignorePrimitives: { boolean: true } }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'no-console': 'error',
      'max-lines': ['error', { max: 300, skipBlankLines: false, skipComments: false }],
      'max-lines-per-function': ['error', { max: 50, skipBlankLines: true, skipComments: true }],
      'max-params': ['error', 3],
      'max-depth': ['error', 3],
      complexity: ['error', 12],
      'no-restricted-imports': ['error', restricted('')],
    },
  },
  // A router announces a redirect by throwing it.
  { files: ['src/console/router.tsx'], rules: { '@typescript-eslint/only-throw-error': 'off' } },
  {
    files: ['src/**/*.ts', 'jobs/**/*.ts', 'connectors/**/*.ts'],
    rules: { 'no-restricted-syntax': ['error', ...noUnsafeTime] },
  },
  {
    files: ['src/kernel/**/*.ts'],
    rules: { 'no-restricted-imports': ['error', restricted('src/kernel')], 'no-restricted-syntax': 'off' },
  },
  { files: ['src/store/**/*.ts'], rules: { 'no-restricted-imports': ['error', restricted('src/store')] } },
  // TypeORM documents object literals for the options of an EntitySchema, and types them as a class.
  {
    files: ['src/store/entities/*.ts'],
    rules: { '@typescript-eslint/no-unsafe-class-instance-assignment': 'off' },
  },
  { files: ['src/store/migrations/*.ts'], rules: { 'max-lines-per-function': 'off' } },
  { files: ['jobs/**/*.ts'], rules: { 'no-restricted-imports': ['error', restricted('jobs')] } },
  {
    files: ['jobs/mail/**/*.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        { paths: restricted('jobs/mail').paths.filter((p) => p.name !== 'bullmq') },
      ],
    },
  },
  {
    files: ['test/**/*.ts', 'bench/**/*.ts'],
    rules: {
      'max-lines-per-function': 'off',
      'no-restricted-imports': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-floating-promises': ['error', { allowForKnownSafeCalls: [] }],
    },
  },
  {
    files: ['**/*.mjs', '**/*.js', '**/*.cjs', 'bin/tributary'],
    languageOptions: {
      globals: {
        require: 'readonly',
        __dirname: 'readonly',
        process: 'readonly',
        console: 'readonly',
        URL: 'readonly',
        setTimeout: 'readonly',
        Buffer: 'readonly',
        AbortController: 'readonly',
        module: 'writable',
        document: 'readonly',
        window: 'readonly',
      },
    },
  },
);
