// Plain JavaScript on Node's own modules: it runs before anything is installed.
const { requireNode } = await import("./lifecycle/node-version.mjs");
requireNode();

const { main } = await import("./lifecycle/main.mjs");
const { start } = await import("./lifecycle/run-start.mjs");
await main("Smart Parking could not start", start, process.argv.slice(2));
