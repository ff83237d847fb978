import classes from "./legend.module.css";

type Mark = "bar" | "bar-so-far" | "line" | "occupied" | "free" | "unknown";

/** What the marks of a chart stand for; read out too, as the chart names itself in words alone. */
export function Legend({ entries }: { entries: { mark: Mark; name: string }[] }) {
  return (
    <ul className={classes.legend}>
      {entries.map(({ mark, name }) => (
        <li key={mark}>
          <span className={classes.mark} data-mark={mark} aria-hidden="true" />
          {name}
        </li>
      ))}
    </ul>
  );
}
