import { Icon, type IconName } from "./icons";
import classes from "./state-mark.module.css";

export type Tone = "good" | "warning" | "critical" | "quiet" | "accent";

type StateMarkProps = {
  tone: Tone;
  icon: IconName;
  children: string;
};

/** A state as a word with an icon; the colour only repeats what the word says. */
export function StateMark({ tone, icon, children }: StateMarkProps) {
  return (
    <span className={classes.mark} data-tone={tone}>
      <Icon name={icon} /> {children}
    </span>
  );
}
