import js from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import prettier from 'eslint-config-prettier';
import tseslint from 'typescript-eslint';

const halfOfPosition = 'MemberExpression[property.name=/^(commit|prepare)$/]';
const noArithmeticOnPositions = [
  `BinaryExpression[operator=/^([-+*\\x2F%]|\\*\\*)$/] > ${halfOfPosition}`,
  `UnaryExpression[operator=/^[-~]$/] > ${halfOfPosition}`,
  `AssignmentExpression[operator!='='] > ${halfOfPosition}`,
].map((selector) => ({
  selector,
  message: 'A position is comparable, never countable: gaps are normal. Use comparePositions.',
}));

export default defineConfig(
  globalIgnores(['dist/', 'coverage/', 'data/', '**/*.js', '**/*.mjs']),
  js.configs.recommended,
  tseslint.configs.recommendedTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'separate-type-imports' }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/require-await': 'off',
    },
  },
  // Specs and fakes make up positions.
  {
    files: ['{apps,libs}/*/src/**/*.ts'],
    ignores: ['**/*.spec.ts', '**/testing/**'],
    rules: { 'no-restricted-syntax': ['error', ...noArithmeticOnPositions] },
  },
  prettier,
);
