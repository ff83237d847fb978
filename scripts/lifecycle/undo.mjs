import { say } from "./console.mjs";
import { describe } from "./failure.mjs";

/** What has been started and must be stopped again, the newest first. */
export class Undo {
  /** @type {(() => Promise<unknown>)[]} */
  #steps = [];

  /** @param {() => Promise<unknown>} step */
  add(step) {
    this.#steps.push(step);
  }

  /** Takes every step, whatever became of the one before. Returns whether all of them worked. */
  async run() {
    let fine = true;
    for (let step = this.#steps.pop(); step; step = this.#steps.pop()) {
      try {
        await step();
      } catch (error) {
        fine = false;
        say(`While stopping: ${describe(error)}`);
      }
    }
    return fine;
  }
}
