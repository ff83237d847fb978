// Plain JavaScript on Node's own modules: it runs before anything is installed.
const { requireNode } = await import("./lifecycle/node-version.mjs");
requireNode();

const { main } = await import("./lifecycle/main.mjs");
const { test } = await import("./lifecycle/run-test.mjs");
await main("The tests could not run", test, process.argv.slice(2));
