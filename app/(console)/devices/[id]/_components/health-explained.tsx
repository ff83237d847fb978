import { Definition } from "@/app/_ui/definition";
import type { Health } from "@/lib/domain/health";
import classes from "./device-now.module.css";

/** A health score, and what costs how many points of it. */
export function HealthExplained({ score, parts }: Health) {
  return (
    <>
      <p className={classes.score}>
        <strong>{score}</strong> of 100{" "}
        <Definition term="Health">
          100 less 10 for each open alert and 30 while the newest telemetry is older than 5 minutes
          or never came. Never below 0.
        </Definition>
      </p>
      {parts.length === 0 ? (
        <p className={classes.noValues}>Nothing costs it points.</p>
      ) : (
        <ul className={classes.parts}>
          {parts.map(({ reason, points }) => (
            <li key={reason}>
              <span>{reason}</span>
              <span className={classes.points}>−{points}</span>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
