import tseslint from 'typescript-eslint';
import autobroker from './tools/lint/plugin.cjs';

/** Specs and what only specs use. */
const specs = ['**/*.{spec,suite}.ts', '**/spec-*.ts', '**/src/**/{testing,suite,test-*}/**/*.ts', '**/src/testing{,-*}.ts', 'apps/e2e/**/*.ts'];
const plainJavaScript = ['**/*.{js,cjs,mjs}'];

/** The house's own rules: who may import whom, and what a room may contain. See tools/lint. */
const houseRules = Object.fromEntries(Object.keys(autobroker.rules).map((name) => [`autobroker/${name}`, 'error']));

export default tseslint.config(
  { ignores: ['**/node_modules/**', '**/dist/**', '**/coverage/**', '.nx/**', '.autobroker/**', 'tools/lint/fixtures/**', '**/*.generated.ts', 'libs/api-client/src/generated/**'] },
  {
    // A rule is changed here for everybody, or obeyed: comments can't switch it off.
    linterOptions: { noInlineConfig: true },
    plugins: { autobroker },
    files: ['**/*.{ts,tsx,js,cjs,mjs}'],
    rules: {
      ...houseRules,
      'max-lines': ['error', { max: 320, skipBlankLines: true, skipComments: true }],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-var': 'error',
      'prefer-const': 'error',
      'no-debugger': 'error',
      'no-duplicate-imports': ['error', { allowSeparateTypeImports: true }],
      'no-constant-binary-expression': 'error',
      'no-self-compare': 'error',
      'no-template-curly-in-string': 'error',
      'no-unreachable-loop': 'error',
      'no-async-promise-executor': 'error',
      'no-unsafe-finally': 'error',
    },
  },
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.base],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/ban-ts-comment': ['error', { 'ts-expect-error': 'allow-with-description' }],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports', disallowTypeAnnotations: false }],
      '@typescript-eslint/no-array-delete': 'error',
      // openid-client marks it only to make it stand out: plain http is for a provider in the sandbox.
      '@typescript-eslint/no-deprecated': ['error', { allow: [{ from: 'package', name: 'allowInsecureRequests', package: 'openid-client' }] }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-implied-eval': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/no-unnecessary-type-assertion': 'error',
      '@typescript-eslint/no-unsafe-argument': 'error',
      '@typescript-eslint/no-unsafe-assignment': 'error',
      '@typescript-eslint/no-unsafe-call': 'error',
      '@typescript-eslint/no-unsafe-member-access': 'error',
      '@typescript-eslint/no-unsafe-return': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', caughtErrors: 'all', ignoreRestSiblings: true }],
      '@typescript-eslint/only-throw-error': 'error',
      '@typescript-eslint/prefer-promise-reject-errors': 'error',
      '@typescript-eslint/require-array-sort-compare': ['error', { ignoreStringArrays: true }],
      '@typescript-eslint/return-await': ['error', 'error-handling-correctness-only'],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      'no-restricted-syntax': [
        'error',
        { selector: 'TSAsExpression > TSAsExpression.expression[typeAnnotation.type=/^TS(?:Unknown|Any)Keyword$/]', message: 'A double assertion switches the compiler off: narrow the type instead.' },
        { selector: 'CallExpression[callee.name="forwardRef"]', message: 'forwardRef hides an import cycle: break it.' },
      ],
    },
  },
  {
    // Programs that print are tools and benchmarks; a service logs through platform/telemetry.
    files: ['libs/**/*.ts', 'apps/**/*.ts'],
    ignores: [...specs, 'apps/e2e/**'],
    rules: { 'no-console': 'error' },
  },
  {
    files: specs,
    rules: {
      // A parsed answer is `any` until it is compared, and comparing it is what a spec does.
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/require-array-sort-compare': 'off',
      'no-template-curly-in-string': 'off',
      'max-lines': ['error', { max: 500, skipBlankLines: true, skipComments: true }],
    },
  },
  {
    // Tables of facts are as long as the facts are.
    files: ['libs/kernel/src/vin/wmi/*.ts', 'libs/vocabulary/src/data/**/*.ts', 'libs/market/src/data/**/*.ts', '**/infrastructure/migrations/**/*.ts'],
    rules: { 'max-lines': 'off' },
  },
  {
    // A rule's cases are programs in quotes.
    files: ['tools/lint/rules/*.spec.cjs'],
    rules: { 'no-template-curly-in-string': 'off' },
  },
  {
    files: plainJavaScript,
    extends: [tseslint.configs.disableTypeChecked],
    rules: { '@typescript-eslint/no-require-imports': 'off' },
  },
);
