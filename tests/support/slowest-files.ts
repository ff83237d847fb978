import type { Reporter, TestModule } from "vitest/node";

const LISTED = 10;

/** Names the files that took longest, as they decide how long a run takes. */
export default class SlowestFiles implements Reporter {
  onTestRunEnd(modules: ReadonlyArray<TestModule>): void {
    if (modules.length <= LISTED) return;
    const timed = modules.map((module) => {
      const { setupDuration, collectDuration, duration } = module.diagnostic();
      return { file: module.relativeModuleId, ms: setupDuration + collectDuration + duration };
    });
    const slowest = timed.sort((a, b) => b.ms - a.ms).slice(0, LISTED);
    const lines = slowest.map(({ file, ms }) => `${(ms / 1000).toFixed(0).padStart(5)} s  ${file}`);
    console.log(`\nSlowest files, with their hooks\n${lines.join("\n")}`);
  }
}
