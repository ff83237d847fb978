import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

// import.meta.dirname came with Node 20.11.
const root = fileURLToPath(new URL(".", import.meta.url)).replace(/[\\/]$/, "");

const project = (name: string, settings: { testTimeout: number; globalSetup?: string[] }) => ({
  extends: true as const,
  test: {
    name,
    include: [`tests/${name}/**/*.test.{ts,tsx}`],
    hookTimeout: 180_000,
    ...settings,
  },
});

// Only against tests that hang: a busy machine takes its time.
const withDatabase = { testTimeout: 180_000, globalSetup: ["tests/support/global-setup.ts"] };

export default defineConfig({
  root,
  resolve: { alias: { "@": root } },
  test: {
    pool: "forks",
    reporters: ["default", "./tests/support/slowest-files.ts"],
    // More than cores: browser tests mostly wait.
    maxWorkers: 3,
    env: { LOG_LEVEL: "silent" },
    projects: [
      project("unit", { testTimeout: 30_000 }),
      project("integration", withDatabase),
      project("e2e", withDatabase),
    ],
  },
});
