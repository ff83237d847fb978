import type { Actor } from "@/lib/server/context";
import { type Answer, answerProblem } from "@/lib/server/http/answer";
import type { JsonRequest } from "@/lib/server/http/json";
import type { BodyAccount } from "@/lib/server/limits/body-budget";

/** One of the calls that devices make; gateway and route handlers only carry its answers. */
export type IngestEndpoint = {
  /** Bodies above this size are answered 413. */
  maxBytes: number;
  /**
   * Keeps room for what a request brings, before its body is read.
   * @param declaredBytes its Content-Length, if it has one
   * @throws Problem 503 when there is no room
   */
  open(actor: Actor, declaredBytes: string | null | undefined): Intake;
};

/** A request whose body is read: what is taken of it may have no room, and is given back by `close`. */
export type Intake = BodyAccount & {
  /** Answers after the commit; never throws. */
  answer(request: JsonRequest): Promise<Answer>;
};

/** An answer, or that of what was thrown. */
export async function orProblem(answer: Promise<Answer>): Promise<Answer> {
  try {
    return await answer;
  } catch (error) {
    return answerProblem(error);
  }
}
