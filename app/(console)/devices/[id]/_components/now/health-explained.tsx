import { Definition } from "@/app/_ui/tables/definition";
import {
  type Health,
  type HealthFacts,
  POINTS_FOR_SILENCE,
  POINTS_PER_ALERT,
  silenceThatCosts,
} from "@/lib/domain/devices/health";
import { exactDuration } from "@/lib/domain/values/duration";
import classes from "./device-now.module.css";

/** A health score, and what costs how many points of it. */
export function HealthExplained({ score, parts, limits }: Health & Pick<HealthFacts, "limits">) {
  const silence = exactDuration(silenceThatCosts(limits));
  const hasAlerts = parts.some(({ rule }) => rule === "open_alert");
  return (
    <>
      <p className={classes.score}>
        <strong>{score}</strong> of 100{" "}
        <Definition term="Health">
          {`100, less ${POINTS_PER_ALERT} for each open alert, less ${POINTS_FOR_SILENCE} while the newest telemetry is older than ${silence} or none has come. An alert is open until it is acknowledged or resolved. Never below 0.`}
        </Definition>
      </p>
      {parts.length === 0 ? (
        <p className={classes.noValues}>No points lost.</p>
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
      {hasAlerts ? (
        <p className={classes.sub}>
          Acknowledging an alert gives its {POINTS_PER_ALERT} points back: only alerts that no one
          is handling yet count.
        </p>
      ) : null}
    </>
  );
}
