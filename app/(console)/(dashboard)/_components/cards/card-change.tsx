import { figure } from "@/app/_ui/words/figures";
import classes from "./summary-cards.module.css";

type CardChangeProps = {
  now: number;
  before: number;
  /** What it is compared with. */
  name: string;
  /** Of a percentage: the change is in points. */
  points?: boolean;
  /** What else is to be known of the earlier figure. */
  note?: string;
};

/** By how much a figure differs from that of a week before, and that figure. */
export function CardChange({ now, before, name, points = false, note }: CardChangeProps) {
  const change = points ? Math.round((now - before) * 100) / 100 : now - before;
  const sign = change > 0 ? "+" : change < 0 ? "−" : "±";
  const size = points ? `${fraction(Math.abs(change))} points` : figure(Math.abs(change));
  return (
    <div className={classes.change}>
      <span className={classes.delta}>
        {change === 0 ? null : <span aria-hidden="true">{change > 0 ? "▲ " : "▼ "}</span>}
        {sign}
        {size}
        {points ? "" : share(change, before)}
      </span>{" "}
      <span className={classes.than}>
        {name}: {points ? `${fraction(before)} %` : figure(before)}
        {note ? `, ${note}` : ""}
      </span>
    </div>
  );
}

const fraction = (value: number) =>
  new Intl.NumberFormat("en", { maximumFractionDigits: 2 }).format(value);

/** " (+12 %)"; nothing where there was nothing, as any change would be infinitely large. */
function share(change: number, before: number): string {
  if (before === 0 || change === 0) return "";
  const percent = (Math.abs(change) / before) * 100;
  const told = percent < 1 ? fraction(percent) : figure(Math.round(percent));
  return ` (${change > 0 ? "+" : "−"}${told} %)`;
}
