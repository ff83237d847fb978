import { Icon } from "@/app/_ui/icons";
import classes from "./checklist.module.css";

type ChecklistStepProps = {
  title: string;
  hint: string;
  done: boolean;
  /** Whether it is the one to do next. */
  current: boolean;
  /** Whether anyone who looks may do it. */
  allowed: boolean;
  /** The buttons that do it. They stay once it is done: one device is rarely all of them. */
  actions: React.ReactNode;
};

/** A step on the way to the first reading. */
export function ChecklistStep(props: ChecklistStepProps) {
  const { title, hint, done, current, allowed, actions } = props;
  return (
    <li className={classes.step} data-current={current || undefined}>
      <StepMark done={done} />
      <div className={classes.what}>
        <span className={classes.name}>{title}</span>
        <span className={classes.hint}>
          {hint}
          {allowed || done ? null : " A manager or an administrator does this."}
        </span>
      </div>
      {allowed ? <div className={classes.actions}>{actions}</div> : null}
    </li>
  );
}

/** Whether a step is done, as a tick and in a word. */
export function StepMark({ done }: { done: boolean }) {
  return (
    <span className={classes.mark} data-done={done || undefined}>
      {done ? <Icon name="ok" size={14} /> : null}
      <span className="visually-hidden">{done ? "Done:" : "To do:"}</span>
    </span>
  );
}
