// Plain JavaScript on Node's own modules: it runs before anything is installed.
const { requireNode } = await import("./lifecycle/node-version.mjs");
requireNode();

const { main } = await import("./lifecycle/main.mjs");
const { demo } = await import("./lifecycle/run-demo.mjs");
await main("The demo could not start", demo, process.argv.slice(2));
