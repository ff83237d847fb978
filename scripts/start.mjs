// Plain JavaScript on Node's own modules: it runs before anything is installed.
const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
if (major < 20 || (major === 20 && minor < 9)) {
  console.error(
    `Smart Parking needs Node 20.9 or newer; this is ${process.version}. Get one at https://nodejs.org`,
  );
  process.exit(1);
}

const { main } = await import("./lifecycle/main.mjs");
const { start } = await import("./lifecycle/run-start.mjs");
await main(start, process.argv.slice(2));
