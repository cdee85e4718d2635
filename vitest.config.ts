import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    reporters: ['default', './test/closingLine.ts'],
    // Decoding takes a core, and spoken calls run in real time: more files at once would be late for each other.
    maxWorkers: 2,
    testTimeout: 20_000,
    coverage: {
      provider: 'v8',
      include: ['src/**/*.ts'],
      exclude: ['src/cli/**', 'src/**/*Worker.ts', 'src/**/*.d.ts'],
      reporter: ['text-summary', 'html'],
    },
  },
});
