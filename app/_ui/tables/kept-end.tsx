import classes from "./kept-end.module.css";

/** Texts up to this length fit wherever they are shown. */
const SHORT = 14;
const KEPT = 8;

/**
 * A code or a name on one line. Where it is too long for its place it loses its middle: the end
 * ("…, bay 17") tells bays apart.
 */
export function KeptEnd({ text }: { text: string }) {
  if (text.length <= SHORT) return text;
  return (
    <span className={classes.text} title={text}>
      <span className={classes.start}>{text.slice(0, -KEPT)}</span>
      <span className={classes.end}>{text.slice(-KEPT)}</span>
    </span>
  );
}
