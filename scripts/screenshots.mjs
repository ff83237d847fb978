// Plain JavaScript on Node's own modules: it runs before anything is installed.
const { requireNode } = await import("./lifecycle/node-version.mjs");
requireNode();

const { main } = await import("./lifecycle/main.mjs");
const { screenshots } = await import("./lifecycle/run-screenshots.mjs");
await main("The screenshots could not be taken", screenshots, process.argv.slice(2));
