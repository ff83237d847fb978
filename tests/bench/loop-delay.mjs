import { createServer } from "node:http";
import { monitorEventLoopDelay } from "node:perf_hooks";

// Loaded into a server process: says how long its event loop was held since it was last asked.
const delays = monitorEventLoopDelay({ resolution: 1 });
delays.enable();

createServer((_request, response) => {
  const ms = (nanoseconds) => nanoseconds / 1e6;
  const { max } = delays;
  const percentile = (share) => ms(delays.percentile(share));
  response.end(JSON.stringify({ p50: percentile(50), p99: percentile(99), max: ms(max) }));
  delays.reset();
}).listen(Number(process.env.LOOP_DELAY_PORT), "127.0.0.1");
