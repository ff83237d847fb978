import { Icon, type IconName } from "../icons";
import classes from "./state-mark.module.css";

export type Tone = "good" | "warning" | "critical" | "quiet" | "accent";

/** One word for one state on every page. */
export type Mark = { word: string; icon: IconName; tone: Tone };

type StateMarkProps = Omit<Mark, "word"> & ({ word: string } | { children: string });

/** A state as a word with an icon; the colour only repeats what the word says. */
export function StateMark({ tone, icon, ...said }: StateMarkProps) {
  return (
    <span className={classes.mark} data-tone={tone}>
      <Icon name={icon} /> {"word" in said ? said.word : said.children}
    </span>
  );
}
