import { main } from "../../scripts/lifecycle/main.mjs";
import { start } from "../../scripts/lifecycle/run-start.mjs";

// The whole of `npm start` with data of its own; tests/support/server.ts starts it.
await main(
  "Smart Parking could not start",
  (context) => start({ ...context, data: process.env.DATA_FOLDER ?? context.data }),
  [],
);
