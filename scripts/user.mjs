// Plain JavaScript on Node's own modules: it runs before anything is installed.
const { requireNode } = await import("./lifecycle/node-version.mjs");
requireNode();

const { main } = await import("./lifecycle/main.mjs");
const { databaseCommand } = await import("./lifecycle/run-command.mjs");
await main(
  "Nothing was changed",
  databaseCommand("scripts/commands/user.ts"),
  process.argv.slice(2),
);
